import { z } from 'zod';

export const corpusSource = z.object({
  id: z.string(),
  title: z.string(),
  version: z.string(),
  licence: z.string(),
  attribution: z.string(),
  url: z.string().optional(),
  provides: z.string().describe('What GospeLib takes from it.'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type CorpusSource = z.infer<typeof corpusSource>;

/** The manifest of the active corpus: the answer of `GET corpus`, and a node of the graph. */
export const corpusResponse = z.object({
  version: z.string(),
  edition: z.enum(['default', 'full']),
  sources: z.array(corpusSource),
  counts: z.object({
    nodes: z.record(z.string(), z.int().nonnegative()),
    edges: z.record(z.string(), z.int().nonnegative()),
  }),
  checksum: z.string(),
  mends: z.array(z.object({ rule: z.string(), records: z.int().nonnegative(), note: z.string() })),
  derived: z.array(z.object({ kind: z.string(), method: z.string() })),
});
export type CorpusResponse = z.infer<typeof corpusResponse>;
