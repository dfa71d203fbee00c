import type { MapEdge, MapNode } from '@gospelib/contracts';

/** A node in the drawing: its data, position and size, in pixels. */
export type NodeAttributes = MapNode & { x: number; y: number; size: number };
export type EdgeAttributes = MapEdge & { size: number };
