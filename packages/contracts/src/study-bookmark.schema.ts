import { z } from 'zod';
import {
  studyConflict,
  studyLine,
  studyList,
  studyPassage,
  studyStored,
  studyTags,
} from './study.schema.ts';
import { studyMadeAt } from './study-note.schema.ts';

export const bookmarkInput = z.strictObject({
  passage: studyPassage,
  label: studyLine(800).max(200).optional(),
  tags: studyTags.default([]),
  createdAt: studyMadeAt,
});
export type BookmarkInput = z.infer<typeof bookmarkInput>;

export const bookmark = studyStored.extend({
  passage: studyPassage,
  label: z.string().optional(),
  tags: z.array(z.string()),
});
export type Bookmark = z.infer<typeof bookmark>;

export const bookmarksResponse = studyList(bookmark);
export type BookmarksResponse = z.infer<typeof bookmarksResponse>;
export const bookmarkConflict = studyConflict(bookmarkInput, bookmark);
