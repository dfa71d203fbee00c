import { z } from 'zod';

/** Canonical id of a chapter: `<book slug>.<chapter>`, e.g. `alma.32`. */
export const chapterId = z.string().regex(/^[0-9a-z-]{1,12}\.\d{1,3}$/);
/** Canonical id of a verse: `<book slug>.<chapter>.<verse>`, e.g. `alma.32.21`. Verse 0 is a Psalm's title. */
export const passageId = z.string().regex(/^[0-9a-z-]{1,12}\.\d{1,3}\.\d{1,3}$/);
export const volumeId = z.enum(['ot', 'nt', 'bofm', 'dc-testament', 'pgp']);
export type VolumeId = z.infer<typeof volumeId>;

/** A verse as lists quote it: its reference and its text. */
export const passage = z.object({
  id: passageId,
  reference: z.string().describe('As people write it, e.g. "Alma 32:21".'),
  text: z.string(),
});
export type Passage = z.infer<typeof passage>;

export const chapterLink = z.object({ id: chapterId, reference: z.string() });
export type ChapterLink = z.infer<typeof chapterLink>;

export const bookSummary = z.object({
  slug: z.string(),
  name: z.string(),
  fullTitle: z.string(),
  volume: volumeId,
  chapters: z.int().positive(),
  verses: z.int().positive(),
});
export type BookSummary = z.infer<typeof bookSummary>;

export const volume = z.object({
  id: volumeId,
  name: z.string(),
  subtitle: z.string().optional(),
  books: z.array(bookSummary),
});
export type Volume = z.infer<typeof volume>;
export const volumesResponse = z.object({ volumes: z.array(volume) });
export type VolumesResponse = z.infer<typeof volumesResponse>;

export const bookResponse = bookSummary.extend({
  subtitle: z.string().optional(),
  heading: z.string().optional().describe('Introduction printed above chapter 1.'),
  note: z.string().optional().describe('Colophon printed after the last chapter.'),
  chapterList: z.array(
    z.object({ id: chapterId, number: z.int().positive(), verses: z.int().positive() }),
  ),
  previous: z.object({ slug: z.string(), name: z.string() }).optional(),
  next: z.object({ slug: z.string(), name: z.string() }).optional(),
});
export type BookResponse = z.infer<typeof bookResponse>;

export const verse = z.object({
  id: passageId,
  number: z.int().nonnegative(),
  text: z.string(),
  heading: z.string().optional().describe('Hebrew-letter heading within Psalm 119.'),
  paragraph: z.boolean().describe('True where the source marks the start of a paragraph (¶).'),
  connections: z
    .int()
    .nonnegative()
    .describe('Cross-references and quotations that touch this verse.'),
});
export type Verse = z.infer<typeof verse>;

export const chapterResponse = z.object({
  id: chapterId,
  reference: z.string(),
  number: z.int().positive(),
  book: bookSummary,
  heading: z.string().optional(),
  title: z.string().optional().describe("A Psalm's title (verse 0)."),
  signature: z.string().optional(),
  verses: z.array(verse),
  previous: chapterLink.optional(),
  next: chapterLink.optional(),
});
export type ChapterResponse = z.infer<typeof chapterResponse>;

/** A contiguous range of verses within one book. */
export const passageRange = z.object({
  id: z
    .string()
    .describe('`alma.32.21`, `alma.32.21-23`, `matt.5.48..matt.6.1`, or a chapter `enos.1`.'),
  reference: z.string(),
  chapter: chapterLink.describe('The chapter in which the range starts.'),
});
export type PassageRange = z.infer<typeof passageRange>;

/** What of a typed text was not answered, and what is worth knowing about what was. */
const leftOver = {
  unresolved: z
    .array(
      z.object({
        typed: z.string().describe('The part, as it was typed.'),
        reason: z.string().describe('A sentence for the reader.'),
        suggestions: z.array(passageRange).describe('What may be meant, or what there is instead.'),
      }),
    )
    .optional()
    .describe('The parts that are no reference; absent when there are none.'),
  notes: z
    .array(z.string())
    .optional()
    .describe(
      'Sentences for the reader: how a comma was read, that another translation was asked for.',
    ),
};

export const passagesResponse = z.object({
  query: z.string(),
  ...leftOver,
  ranges: z.array(
    passageRange.extend({
      verses: z.array(passage),
      truncated: z
        .boolean()
        .describe(
          'True when verses were left out: an answer has at most 500, all ranges together.',
        ),
    }),
  ),
});
export type PassagesResponse = z.infer<typeof passagesResponse>;

/** How a typed reference was understood. */
export const resolveResponse = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('found'),
    query: z.string(),
    ranges: z.array(passageRange).min(1),
    ...leftOver,
  }),
  z.object({
    status: z.literal('ambiguous'),
    query: z.string(),
    candidates: z.array(passageRange).min(2),
  }),
  z.object({
    status: z.literal('no-text'),
    query: z.string(),
    reference: z.string(),
    reason: z.string().describe('Why this known reference has no text in the corpus.'),
  }),
  z.object({
    status: z.literal('not-found'),
    query: z.string(),
    reason: z
      .string()
      .describe('What was wrong, e.g. "Malachi has 4 chapters; there is no chapter 5."'),
    suggestions: z.array(passageRange),
  }),
]);
export type ResolveResponse = z.infer<typeof resolveResponse>;
