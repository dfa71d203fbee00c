import { z } from 'zod';
import { chapterId } from './passage.schema.ts';
import { studyInstant, studyList } from './study.schema.ts';

/** The reader's place in a chapter, sent while reading. */
export const historyInput = z.strictObject({
  verse: z.int().min(0).max(999).optional(),
  readAt: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('When, if not now; what is older than what is known changes nothing.'),
});
export type HistoryInput = z.infer<typeof historyInput>;

/** The last place read in a chapter; one entry per chapter. */
export const historyEntry = z.object({
  chapter: chapterId,
  verse: z.int().nonnegative().optional(),
  readAt: studyInstant,
});
export type HistoryEntry = z.infer<typeof historyEntry>;

export const historyResponse = studyList(historyEntry);
export type HistoryResponse = z.infer<typeof historyResponse>;

export const continueResponse = z.object({
  latest: historyEntry.nullable().describe('Where the reader was last; null before any reading.'),
  books: z
    .array(historyEntry)
    .describe('The last place in each of the books read most recently, at most 5, newest first.'),
});
export type ContinueResponse = z.infer<typeof continueResponse>;
