import type { NodeHoverDrawingFunction, NodeLabelDrawingFunction } from 'sigma/rendering';
import type { EdgeAttributes, NodeAttributes } from './map.attributes.ts';
import type { MapTheme } from './map.theme.ts';

/** The height that a label needs, px. */
const LINE = 18;

type Box = { readonly left: number; readonly right: number; readonly y: number };

/** Whether there is room for a label beside those that were drawn in this frame; if so, it takes it. */
function roomForLabels(height: number): (box: Box) => boolean {
  let taken: Box[] = [];
  return (box) => {
    // All labels of a frame are drawn in one go.
    if (taken.length === 0) queueMicrotask(() => (taken = []));
    const free = taken.every(
      ({ left, right, y }) => box.right < left || box.left > right || Math.abs(box.y - y) >= height,
    );
    if (free) taken.push(box);
    return free;
  };
}

/**
 * Draws labels in the page's font, with an outline in the background colour so that lines never cross them. A label is
 * on the side of its node that faces away from the centre, where most lines come from, and never over the edge of the map
 * or over another one: that one shows up when the reader comes nearer.
 */
export function labelDrawer(
  theme: MapTheme,
): NodeLabelDrawingFunction<NodeAttributes, EdgeAttributes> {
  const hasRoom = roomForLabels(LINE);
  return (context, { x, y, size, label }, settings) => {
    if (!label) return;
    context.font = `${settings.labelSize}px ${settings.labelFont}`;
    const { clientWidth } = context.canvas;
    const { width } = context.measureText(label);
    const outward = x < clientWidth / 2 ? -1 : 1;
    const wanted = outward < 0 ? x - size - 4 - width : x + size + 4;
    const left = Math.max(2, Math.min(wanted, clientWidth - width - 2));
    if (!hasRoom({ left, right: left + width, y })) return;
    context.lineJoin = 'round';
    context.lineWidth = 4;
    context.strokeStyle = theme.paper;
    context.fillStyle = theme.ink;
    context.textAlign = 'left';
    const at = [left, y + settings.labelSize / 3] as const;
    context.strokeText(label, ...at);
    context.fillText(label, ...at);
  };
}

/** A ring around the node under the pointer. */
export function hoverDrawer(
  theme: MapTheme,
): NodeHoverDrawingFunction<NodeAttributes, EdgeAttributes> {
  const drawLabel = labelDrawer(theme);
  return (context, data, settings) => {
    context.beginPath();
    context.arc(data.x, data.y, data.size + 3, 0, 2 * Math.PI);
    context.lineWidth = 1.5;
    context.strokeStyle = theme.ink;
    context.stroke();
    drawLabel(context, data, settings);
  };
}
