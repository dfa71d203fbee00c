import { z } from 'zod';

export const mapNodeKind = z.enum(['passage', 'word', 'name', 'topic']);
export type MapNodeKind = z.infer<typeof mapNodeKind>;
export const mapEdgeKind = z.enum([
  'cross-reference',
  'quotation',
  'word',
  'derivation',
  'name',
  'topic',
]);
export type MapEdgeKind = z.infer<typeof mapEdgeKind>;

export const mapNode = z.object({
  id: z
    .string()
    .describe("Passage id, Strong's number, name id, or `topic:` and the slug of a topic."),
  kind: mapNodeKind,
  label: z.string(),
  detail: z.string().optional().describe('Verse text, or the meaning of a word.'),
  depth: z.int().nonnegative().describe('Steps from the root.'),
});
export type MapNode = z.infer<typeof mapNode>;

export const mapEdge = z.object({
  source: z.string(),
  target: z.string(),
  kind: mapEdgeKind,
  reason: z.string(),
  derived: z.boolean(),
});
export type MapEdge = z.infer<typeof mapEdge>;

/** The study map around one node, at most 300 nodes. */
export const studyMapResponse = z.object({
  root: z.string(),
  nodes: z.array(mapNode),
  edges: z.array(mapEdge),
  truncated: z.boolean().describe('True when neighbours were left out to keep the map small.'),
});
export type StudyMapResponse = z.infer<typeof studyMapResponse>;
