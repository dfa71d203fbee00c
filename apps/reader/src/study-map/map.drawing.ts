import Graph from 'graphology';
import Sigma from 'sigma';
import { animateNodes } from 'sigma/utils';
import type { EdgeAttributes, NodeAttributes } from './map.attributes.ts';
import { hoverDrawer, labelDrawer } from './map.labels.ts';
import { layOut } from './map.layout.ts';
import type { MapModel } from './map.model.ts';
import { type MapTheme, readTheme } from './map.theme.ts';

export type MapEvents = {
  readonly onOpen: (id: string) => void;
  /** Called with the reason of the edge under the pointer. */
  readonly onReason: (reason: string | undefined) => void;
};

/** Between the outermost nodes and the edge of the canvas, in pixels. */
const PADDING = 42;
const FONT = '"EB Garamond", "Noto Serif Hebrew", serif';

/** The map on a canvas. Nodes keep their positions while the map grows, and move smoothly to new ones. */
export class MapDrawing {
  readonly #graph = new Graph<NodeAttributes, EdgeAttributes>({ multi: true, type: 'undirected' });
  readonly #sigma: Sigma<NodeAttributes, EdgeAttributes>;
  #theme: MapTheme;
  #selected: string | undefined;
  #pointed: string | undefined;
  #stopMoving: (() => void) | undefined;
  #closed = false;

  constructor(container: HTMLElement, events: MapEvents) {
    this.#theme = readTheme(container);
    this.#sigma = new Sigma(this.#graph, container, {
      allowInvalidContainer: true,
      enableEdgeEvents: true,
      labelFont: FONT,
      labelSize: 16,
      labelDensity: 2,
      labelGridCellSize: 90,
      labelRenderedSizeThreshold: 0,
      minCameraRatio: 0.15,
      maxCameraRatio: 2.5,
      stagePadding: PADDING,
      zIndex: true,
      nodeReducer: (id, data) => this.#styleNode(id, data),
      edgeReducer: (id, data) => this.#styleEdge(id, data),
    });
    this.#applyTheme();
    this.#sigma.on('clickNode', ({ node }) => events.onOpen(node));
    this.#sigma.on('enterNode', ({ node }) => this.#point(node));
    this.#sigma.on('leaveNode', () => this.#point(undefined));
    this.#sigma.on('enterEdge', ({ edge }) => {
      events.onReason(this.#graph.getEdgeAttribute(edge, 'reason'));
    });
    this.#sigma.on('leaveEdge', () => events.onReason(undefined));
    this.#loadFaces();
  }

  show(model: MapModel, selected: string | undefined): void {
    this.#selected = selected;
    const grown = this.#update(model);
    if (grown) this.#settle(model);
    else this.#sigma.refresh();
  }

  zoom(way: 'in' | 'out' | 'fit'): void {
    const camera = this.#sigma.getCamera();
    const options = { duration: isStill() ? 0 : 200 };
    if (way === 'in') void camera.animatedZoom(options);
    else if (way === 'out') void camera.animatedUnzoom(options);
    else void camera.animatedReset(options);
  }

  /** Redraws after the theme has changed. */
  repaint(): void {
    this.#theme = readTheme(this.#sigma.getContainer());
    this.#applyTheme();
    this.#sigma.refresh();
  }

  close(): void {
    this.#closed = true;
    this.#stopMoving?.();
    this.#sigma.kill();
  }

  /** @returns whether nodes were added or removed, so that the others must move */
  #update(model: MapModel): boolean {
    const graph = this.#graph;
    let changed = false;
    graph.forEachNode((id) => {
      if (model.nodes.has(id)) return;
      graph.dropNode(id);
      changed = true;
    });
    graph.forEachEdge((key) => {
      if (!model.edges.has(key)) graph.dropEdge(key);
    });
    for (const node of model.nodes.values()) {
      if (graph.hasNode(node.id)) continue;
      graph.addNode(node.id, { ...node, x: 0, y: 0, size: node.depth === 0 ? 12 : 6.5 });
      changed = true;
    }
    for (const [key, edge] of model.edges) {
      if (graph.hasEdge(key)) continue;
      graph.addEdgeWithKey(key, edge.source, edge.target, { ...edge, size: 1.2 });
      changed = true;
    }
    return changed;
  }

  #settle(model: MapModel): void {
    this.#stopMoving?.();
    const { width, height } = this.#sigma.getDimensions();
    const places = layOut(model, aspectOf(width, height));
    this.#graph.updateEachNodeAttributes((id, data) => {
      // New nodes grow out of the node that was opened.
      const start = data.x === 0 && data.y === 0 ? places.get(this.#selected ?? '') : undefined;
      return { ...data, ...(isStill() ? places.get(id) : start) };
    });
    if (isStill()) this.#sigma.refresh();
    else {
      this.#stopMoving = animateNodes(this.#graph, Object.fromEntries(places), {
        duration: 450,
        easing: 'quadraticOut',
      });
    }
  }

  #point(id: string | undefined): void {
    this.#pointed = id;
    this.#sigma.getContainer().style.cursor = id ? 'pointer' : '';
    this.#sigma.refresh({ skipIndexation: true });
  }

  #styleNode(id: string, data: NodeAttributes) {
    const focus = this.#pointed ?? this.#selected;
    const near = !this.#pointed || id === focus || this.#graph.areNeighbors(id, focus);
    return {
      ...data,
      type: 'circle',
      color: near
        ? this.#theme.nodes[data.kind]
        : mix(this.#theme.nodes[data.kind], this.#theme.paper),
      size: id === this.#selected ? data.size + 3 : data.size,
      highlighted: id === this.#selected,
      forceLabel: id === focus || data.depth === 0,
      label: near ? data.label : null,
      zIndex: near ? 1 : 0,
    };
  }

  #styleEdge(key: string, data: EdgeAttributes) {
    const focus = this.#pointed ?? this.#selected;
    const near = focus !== undefined && this.#graph.hasExtremity(key, focus);
    const colour = this.#theme.edges[data.kind];
    return {
      ...data,
      type: 'line',
      color: near ? colour : mix(colour, this.#theme.paper),
      size: near ? 2 : data.size,
      zIndex: near ? 1 : 0,
    };
  }

  #applyTheme(): void {
    this.#sigma.setSettings({
      defaultDrawNodeLabel: labelDrawer(this.#theme),
      defaultDrawNodeHover: hoverDrawer(this.#theme),
    });
  }

  /** Loads the fonts, since a canvas does not wait for them. */
  #loadFaces(): void {
    const faces = [...new Set(['א', 'λ', 'ê', 'a'])].map((letter) =>
      document.fonts.load(`16px ${FONT}`, letter),
    );
    Promise.allSettled(faces).then(
      () => this.#closed || this.#sigma.refresh(),
      () => undefined,
    );
  }
}

/** The aspect ratio of the area for nodes: labels are beside them, so it is narrower than the canvas. */
function aspectOf(width: number, height: number): number {
  const labels = width > 640 ? 110 : 72;
  return Math.max(width - 2 * labels, 1) / Math.max(height - 2 * PADDING, 1);
}

function isStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Halfway between two colours `#rrggbb`, nearer to the second. */
function mix(colour: string, other: string): string {
  const channel = (at: number): string => {
    const [a, b] = [colour, other].map((hex) => Number.parseInt(hex.slice(at, at + 2), 16));
    return Math.round((a ?? 0) * 0.4 + (b ?? 0) * 0.6)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
