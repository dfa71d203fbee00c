import { z } from 'zod';
import {
  studyConflict,
  studyId,
  studyInstant,
  studyLimits,
  studyList,
  studyPassage,
  studyStored,
  studyTags,
  studyText,
  studyWords,
} from './study.schema.ts';

/** When an item was first written, if earlier than it is sent (offline, or restored); only used for new items. */
export const studyMadeAt = z.iso.datetime({ offset: true }).optional();

/** The content of a note, which is replaced as a whole. */
export const noteInput = z.strictObject({
  passage: studyPassage
    .optional()
    .describe('What the note is on; without it, it stands by itself.'),
  words: studyWords.optional().describe('Only some words, where the passage is one verse.'),
  body: studyText(studyLimits.noteBytes)
    .regex(/\S/, 'must say something')
    .describe('Markdown, stored as it is; whoever shows it makes it safe.'),
  tags: studyTags.default([]),
  createdAt: studyMadeAt,
});
export type NoteInput = z.infer<typeof noteInput>;

/** A reference found in a note's text. */
export const noteMention = z.object({
  start: z.int().nonnegative().describe('Where it stands in the body, in UTF-16 units.'),
  end: z.int().positive(),
  passage: studyPassage,
  reference: z.string().describe('As people write it, e.g. "Alma 32:21".'),
});
export type NoteMention = z.infer<typeof noteMention>;

export const note = studyStored.extend({
  passage: studyPassage.optional(),
  words: studyWords.optional(),
  body: z.string(),
  tags: z.array(z.string()),
  mentions: z.array(noteMention).describe('At most 200, in the order of the text.'),
});
export type Note = z.infer<typeof note>;

export const notesResponse = studyList(note);
export type NotesResponse = z.infer<typeof notesResponse>;
export const noteConflict = studyConflict(noteInput, note);

export const noteSearchResponse = z.object({
  query: z.string(),
  items: z
    .array(
      z.object({
        id: studyId,
        version: z.int().positive(),
        passage: studyPassage.optional(),
        tags: z.array(z.string()),
        updatedAt: studyInstant,
        snippet: z
          .array(z.object({ text: z.string(), hit: z.boolean() }))
          .describe('Pieces of the note, matched and other; joined, they read as the snippet.'),
      }),
    )
    .describe('Best match first.'),
  next: z.string().optional(),
  truncated: z
    .literal(true)
    .optional()
    .describe('Only the 1,000 notes changed last, of those that match, were ranked.'),
});
export type NoteSearchResponse = z.infer<typeof noteSearchResponse>;
