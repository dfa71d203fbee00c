import { z } from 'zod';
import { chapterId } from './passage.schema.ts';
import { studyId, studyStored } from './study.schema.ts';
import { bookmarkInput } from './study-bookmark.schema.ts';
import { collectionInput } from './study-collection.schema.ts';
import { colorLabel, highlightColor, highlightInput } from './study-highlight.schema.ts';
import { noteInput } from './study-note.schema.ts';

/** One JSON value per line, each ended by a line feed. */
export const studyExportMediaType = 'application/x-ndjson';

const stored = studyStored.shape;

/**
 * The lines of an export, in this order; equal data gives equal bytes.
 * Share links are left out: they are secrets, not content.
 */
export const exportLine = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('gospelib-study'), format: z.literal(1) }),
  z.strictObject({
    type: z.literal('color'),
    color: highlightColor,
    label: colorLabel.shape.label.unwrap(),
  }),
  z.strictObject({ type: z.literal('note'), ...stored, ...noteInput.shape, ...dated() }),
  z.strictObject({ type: z.literal('highlight'), ...stored, ...highlightInput.shape, ...dated() }),
  z.strictObject({ type: z.literal('bookmark'), ...stored, ...bookmarkInput.shape, ...dated() }),
  z.strictObject({
    type: z.literal('collection'),
    ...stored,
    ...collectionInput.shape,
    ...dated(),
  }),
  z.strictObject({
    type: z.literal('history'),
    chapter: chapterId,
    verse: z.int().min(0).max(999).optional(),
    readAt: stored.updatedAt,
  }),
  z.strictObject({
    type: z.literal('end'),
    lines: z.int().nonnegative().describe('Lines between the first and this one.'),
  }),
]);
export type ExportLine = z.infer<typeof exportLine>;

/** Makes `createdAt`, which is optional in an input, required in an export. */
function dated() {
  return { createdAt: stored.createdAt };
}

export const importResponse = z.object({
  added: z.int().nonnegative(),
  unchanged: z.int().nonnegative().describe('Lines that say what is stored already.'),
  kept: z.object({
    total: z.int().nonnegative(),
    ids: z
      .array(z.union([studyId, chapterId, highlightColor]))
      .describe(
        'The first 100 things that stand here with other content and were left as they are.',
      ),
  }),
});
export type ImportResponse = z.infer<typeof importResponse>;
