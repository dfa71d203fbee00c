import { z } from 'zod';
import { wordSummary } from './connection.schema.ts';
import { passage, resolveResponse, volumeId } from './passage.schema.ts';

/**
 * How a verse matched, best first: the phrase as typed, all words near each other, all words, their stems.
 * When few verses match a query of four or more words, `stem` also includes verses, ranked last, that lack a minority
 * of its rarer words, so that a half-remembered verse is found.
 */
export const matchKind = z.enum(['phrase', 'near', 'all', 'stem']);
export type MatchKind = z.infer<typeof matchKind>;

export const searchHit = z.object({
  passage,
  match: matchKind,
  snippet: z
    .array(z.object({ text: z.string(), hit: z.boolean() }))
    .describe('The text cut into matched and other pieces; joined, they read as the snippet.'),
});
export type SearchHit = z.infer<typeof searchHit>;

export const searchResponse = z.object({
  query: z.string(),
  total: z.int().nonnegative(),
  spelling: z
    .string()
    .optional()
    .describe('The query in a likelier spelling; when no verse has one of its words.'),
  notes: z
    .array(z.string())
    .optional()
    .describe('Sentences for the reader on what of the query was not understood.'),
  reference: resolveResponse.optional().describe('Present when the query reads as a reference.'),
  words: z.array(wordSummary).describe('Hebrew and Greek words that match; at most 5.'),
  facets: z.object({
    volumes: z.array(z.object({ id: volumeId, name: z.string(), count: z.int().nonnegative() })),
    books: z.array(
      z.object({ slug: z.string(), name: z.string(), volume: volumeId, count: z.int().positive() }),
    ),
  }),
  hits: z.array(searchHit),
  next: z.string().optional(),
});
export type SearchResponse = z.infer<typeof searchResponse>;
