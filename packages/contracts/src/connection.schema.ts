import { z } from 'zod';
import { passage, passageId } from './passage.schema.ts';

/** Kinds of connection, in display order. Topics and commentary need the full corpus. */
export const connectionKind = z.enum([
  'cross-reference',
  'quotation',
  'word',
  'name',
  'topic',
  'commentary',
]);
export type ConnectionKind = z.infer<typeof connectionKind>;

const reason = z.string().describe('Why this connection is there, in one sentence for a reader.');
const derived = z
  .boolean()
  .describe('True when GospeLib computed it, false when a source states it.');

const at = z
  .array(passageId)
  .optional()
  .describe('Of a range: the verses that have this connection. The reason is that of the first.');

export const crossReference = z.object({
  kind: z.literal('cross-reference'),
  passage,
  direction: z.enum(['to', 'from', 'both']),
  sharedNeighbours: z.int().nonnegative(),
  reason,
  derived,
  at,
});

export const quotation = z.object({
  kind: z.literal('quotation'),
  passage,
  direction: z.enum(['quotes', 'quoted-by']),
  sharedShingles: z.int().positive().describe('Five-word runs that both verses have.'),
  similarity: z.number().min(0).max(1).describe('Jaccard similarity of the five-word runs.'),
  reason,
  derived,
  at,
});

export const wordSummary = z.object({
  strongs: z.string().regex(/^[HG]\d{1,5}$/),
  language: z.enum(['hebrew', 'greek']),
  lemma: z.string(),
  transliteration: z.string().optional(),
  gloss: z.string().describe('A short meaning.'),
});
export type WordSummary = z.infer<typeof wordSummary>;

export const wordSource = z
  .enum(['hebrew-text', 'kjv-tag'])
  .describe(
    "What connects verses with a word: the Hebrew text, in which it stands, or the Strong's tags of the King James Version, a translation.",
  );
export type WordSource = z.infer<typeof wordSource>;

export const wordUse = z.object({
  kind: z.literal('word'),
  word: wordSummary,
  source: wordSource,
  forms: z
    .array(z.string())
    .describe(
      'The forms in which the word stands in the Hebrew of this verse, or the English words that carry its tag.',
    ),
  verses: z.int().nonnegative().describe('How many verses use the word.'),
  reason,
  derived,
  at,
});

export const nameMention = z.object({
  kind: z.literal('name'),
  name: z.object({ id: z.string(), label: z.string() }),
  verses: z.int().nonnegative(),
  reason,
  derived,
  at,
});

export const topicLink = z.object({
  kind: z.literal('topic'),
  topic: z.object({ slug: z.string(), name: z.string() }),
  reason,
  derived,
  at,
});

export const commentaryLink = z.object({
  kind: z.literal('commentary'),
  source: z.string(),
  text: z.string(),
  covers: z.string().describe('The passage that the comment is on, e.g. "Genesis 1:1–2".'),
  reason,
  derived,
  at,
});

export const connection = z.discriminatedUnion('kind', [
  crossReference,
  quotation,
  wordUse,
  nameMention,
  topicLink,
  commentaryLink,
]);
export type Connection = z.infer<typeof connection>;

export const connectionsResponse = z.object({
  passage: passage.extend({
    id: z.string().describe('As asked for: of a verse, or of a range, e.g. `alma.32.21-23`.'),
  }),
  groups: z
    .array(
      z.object({
        kind: connectionKind,
        total: z.int().nonnegative(),
        items: z.array(connection),
        next: z.string().optional().describe('Cursor of the next page of this kind.'),
      }),
    )
    .describe('Only kinds that have at least one connection, in the fixed order of kinds.'),
});
export type ConnectionsResponse = z.infer<typeof connectionsResponse>;
