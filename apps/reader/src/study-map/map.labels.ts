import type { NodeHoverDrawingFunction, NodeLabelDrawingFunction } from 'sigma/rendering';
import type { EdgeAttributes, NodeAttributes } from './map.attributes.ts';
import type { MapTheme } from './map.theme.ts';

/**
 * Draws labels in the page's font, with an outline in the background colour so that lines never cross them. A label is
 * on the side of its node that faces away from the centre, where most lines come from.
 */
export function labelDrawer(
  theme: MapTheme,
): NodeLabelDrawingFunction<NodeAttributes, EdgeAttributes> {
  return (context, { x, y, size, label }, settings) => {
    if (!label) return;
    context.font = `${settings.labelSize}px ${settings.labelFont}`;
    context.lineJoin = 'round';
    context.lineWidth = 4;
    context.strokeStyle = theme.paper;
    context.fillStyle = theme.ink;
    const outward = x < context.canvas.clientWidth / 2 ? -1 : 1;
    context.textAlign = outward < 0 ? 'right' : 'left';
    const at = [x + outward * (size + 4), y + settings.labelSize / 3] as const;
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
