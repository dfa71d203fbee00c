import { z } from 'zod';
import { passageId } from './passage.schema.ts';
import {
  studyConflict,
  studyLine,
  studyList,
  studyStored,
  studyTags,
  studyWords,
} from './study.schema.ts';
import { studyMadeAt } from './study-note.schema.ts';

/** The page decides how a colour looks, the reader what it means. */
export const highlightColor = z.enum(['yellow', 'orange', 'red', 'green', 'blue', 'purple']);
export type HighlightColor = z.infer<typeof highlightColor>;

export const highlightInput = z.strictObject({
  passage: passageId.describe('One verse.'),
  words: studyWords.optional().describe('Only some of its words.'),
  color: highlightColor,
  tags: studyTags.default([]),
  createdAt: studyMadeAt,
});
export type HighlightInput = z.infer<typeof highlightInput>;

export const highlight = studyStored.extend({
  passage: passageId,
  words: studyWords.optional(),
  color: highlightColor,
  tags: z.array(z.string()),
});
export type Highlight = z.infer<typeof highlight>;

export const highlightsResponse = studyList(highlight);
export type HighlightsResponse = z.infer<typeof highlightsResponse>;
export const highlightConflict = studyConflict(highlightInput, highlight);

/** The reader's name for a colour, e.g. "Promises"; null for none. */
export const colorLabel = z.strictObject({ label: studyLine(160).max(40).nullable() });
export type ColorLabel = z.infer<typeof colorLabel>;

export const paletteResponse = z.object({
  colors: z
    .array(z.object({ color: highlightColor, label: z.string().nullable() }))
    .describe('Every colour, in its fixed order.'),
});
export type PaletteResponse = z.infer<typeof paletteResponse>;
