import type { MapEdgeKind, MapNodeKind } from '@gospelib/contracts';

/** The colours of the page for the canvas. */
export type MapTheme = {
  readonly ink: string;
  readonly faint: string;
  readonly paper: string;
  readonly nodes: Readonly<Record<MapNodeKind, string>>;
  readonly edges: Readonly<Record<MapEdgeKind, string>>;
};

/** Reads the style sheet's colours for the present theme at an element. */
export function readTheme(place: HTMLElement): MapTheme {
  const probe = place.appendChild(document.createElement('i'));
  const read = (variable: string): string => {
    probe.style.color = `var(${variable})`;
    return toHex(getComputedStyle(probe).color);
  };
  const theme: MapTheme = {
    ink: read('--ink'),
    faint: read('--ink-faint'),
    paper: read('--paper'),
    nodes: {
      passage: read('--kind-passage'),
      word: read('--kind-word'),
      name: read('--kind-name'),
      topic: read('--kind-topic'),
    },
    edges: {
      'cross-reference': read('--edge-cross-reference'),
      quotation: read('--edge-quotation'),
      word: read('--edge-word'),
      derivation: read('--edge-derivation'),
      name: read('--edge-name'),
      topic: read('--edge-topic'),
    },
  };
  probe.remove();
  return theme;
}

/** WebGL needs numbers: `rgb(1, 2, 3)` becomes `#010203`. */
function toHex(colour: string): string {
  const parts = colour.match(/\d+(?:\.\d+)?/g)?.slice(0, 3) ?? ['0', '0', '0'];
  return `#${parts.map((part) => Math.round(Number(part)).toString(16).padStart(2, '0')).join('')}`;
}
