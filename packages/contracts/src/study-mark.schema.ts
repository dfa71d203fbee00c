import { z } from 'zod';
import { chapterId } from './passage.schema.ts';
import { studyId, studyPassage } from './study.schema.ts';
import { bookmark } from './study-bookmark.schema.ts';
import { highlight } from './study-highlight.schema.ts';
import { note } from './study-note.schema.ts';

/** All marks of a reader that touch one chapter, in text order. */
export const chapterMarksResponse = z.object({
  chapter: chapterId,
  highlights: z.array(highlight),
  notes: z.array(note),
  bookmarks: z.array(bookmark),
  mentions: z
    .array(
      z.object({
        note: studyId,
        passage: studyPassage.describe('The passage of this chapter that the note names.'),
        excerpt: z.string().describe('How the note begins.'),
      }),
    )
    .describe('Notes that name the chapter or verses of it in their text, each passage once.'),
  truncated: z
    .boolean()
    .describe('True when there is more than fits one answer; the lists have the rest.'),
});
export type ChapterMarksResponse = z.infer<typeof chapterMarksResponse>;

/** How often each tag is used. */
export const tagsResponse = z.object({
  tags: z.array(
    z.object({
      tag: z.string(),
      notes: z.int().nonnegative(),
      highlights: z.int().nonnegative(),
      bookmarks: z.int().nonnegative(),
    }),
  ),
});
export type TagsResponse = z.infer<typeof tagsResponse>;
