import type { MapEdge, MapNode } from '@gospelib/contracts';

/** What the drawing keeps of a node: the node, where it stands, and how large it is, in pixels. */
export type NodeAttributes = MapNode & { x: number; y: number; size: number };
export type EdgeAttributes = MapEdge & { size: number };
