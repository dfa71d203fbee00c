import { z } from 'zod';
import { type Problem, problem } from './problem.schema.ts';

/** The most items of each kind that a reader may keep, and their largest sizes, one by one and together. */
export const studyLimits = {
  notes: 100_000,
  highlights: 200_000,
  bookmarks: 20_000,
  collections: 1_000,
  /** Of all items of a kind together. */
  bytes: {
    notes: 32 * 1024 * 1024,
    highlights: 32 * 1024 * 1024,
    bookmarks: 8 * 1024 * 1024,
    collections: 32 * 1024 * 1024,
  },
  /** UTF-8 bytes of one note. */
  noteBytes: 64 * 1024,
  collectionItems: 500,
  tagsPerItem: 50,
  tagLength: 40,
  /** Bytes of one import. */
  importBytes: 256 * 1024 * 1024,
} as const;

/** A lower-case UUIDv7 chosen by the client, so that items can be created offline and sent later. */
export const studyId = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

/** A canonical id of a book, chapter, verse or range: `alma`, `alma.32`, `alma.32.21-23`, `matt.5.48..matt.6.1`. */
export const studyPassage = z
  .string()
  .max(40)
  .regex(/^[0-9a-z-]+(\.\d{1,3}){0,2}(-\d{1,3}|\.\.[0-9a-z-]+\.\d{1,3}\.\d{1,3})?$/);

/** Words of a verse, counted from 0 between spaces: from `start` up to, but not including, `end`. */
export const studyWords = z
  .strictObject({ start: z.int().min(0).max(999), end: z.int().min(1).max(1000) })
  .refine(({ start, end }) => start < end, 'must end after it starts');
export type StudyWords = z.infer<typeof studyWords>;

/**
 * Text that PostgreSQL and every browser store alike: valid Unicode, no control characters except tab and line ends.
 */
export function studyText(maxBytes: number): z.ZodString {
  return z
    .string()
    .max(maxBytes)
    .refine((text) => text.isWellFormed(), 'holds half a character')
    .refine((text) => !hasControls(text), 'holds control characters')
    .refine((text) => utf8Length(text) <= maxBytes, `must have at most ${maxBytes} bytes of UTF-8`);
}

/** Non-empty text without line ends. */
export function studyLine(maxBytes: number): z.ZodString {
  return studyText(maxBytes)
    .regex(/^[^\t\n\r\u2028\u2029]*$/, 'must be one line')
    .regex(/^\S/, 'must not begin with a space')
    .regex(/\S$/, 'must not end with a space');
}

/** A reader's own label for finding items again. */
export const studyTag = studyLine(studyLimits.tagLength * 4).max(studyLimits.tagLength);
/** The tags of one item, each once regardless of letter case. */
export const studyTags = z
  .array(studyTag)
  .max(studyLimits.tagsPerItem)
  .refine((tags) => new Set(tags.map(foldTag)).size === tags.length, 'must not repeat a tag');

/** The form in which tags are compared. */
export function foldTag(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** A moment as it is stored: UTC, to the millisecond, since 1970. */
export const studyInstant = z.iso
  .datetime({ precision: 3 })
  .refine((text) => text >= '1970', 'is before 1970');

/** The fields that every stored item has in addition to its content. */
export const studyStored = z.object({
  id: studyId,
  version: z
    .int()
    .positive()
    .max(2 ** 52)
    .describe('Grows with every change and is never used again for an id; the ETag, quoted.'),
  createdAt: studyInstant,
  updatedAt: studyInstant,
});
export type StudyStored = z.infer<typeof studyStored>;

/** The answer to a change based on another version (412) or on none (428): both versions; nothing was written. */
export function studyConflict<I extends z.ZodType, S extends z.ZodType>(input: I, stored: S) {
  return problem.extend({
    yours: input.nullable().describe('What was sent; null for a deletion.'),
    stored: stored.nullable().describe('What is kept; null when it has been deleted.'),
  });
}
export interface StudyConflict<Input, Item> extends Problem {
  yours: Input | null;
  stored: Item | null;
}

/** A list, newest change first. */
export function studyList<S extends z.ZodType>(item: S) {
  return z.object({
    items: z.array(item),
    next: z.string().optional().describe('Cursor of the next page.'),
  });
}
export interface StudyList<Item> {
  items: Item[];
  next?: string | undefined;
}

function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 127) return true;
  }
  return false;
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
