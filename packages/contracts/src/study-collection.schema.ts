import { z } from 'zod';
import {
  studyConflict,
  studyInstant,
  studyLimits,
  studyLine,
  studyList,
  studyPassage,
  studyStored,
  studyText,
} from './study.schema.ts';
import { studyMadeAt } from './study-note.schema.ts';

const collectionItem = z.strictObject({
  passage: studyPassage,
  comment: studyText(1_200).max(300).optional(),
});

/** A reading list: passages in the reader's order, each with a comment. Replaced as a whole. */
export const collectionInput = z.strictObject({
  title: studyLine(800).max(200),
  description: studyText(8_000).max(2_000).optional(),
  items: z.array(collectionItem).max(studyLimits.collectionItems),
  createdAt: studyMadeAt,
});
export type CollectionInput = z.infer<typeof collectionInput>;

/** The secret in a shared list's URL: 192 random bits in base64url. */
export const shareToken = z.string().regex(/^[A-Za-z0-9_-]{32}$/);

const collectionContent = z.object({
  title: z.string(),
  description: z.string().optional(),
  items: z.array(z.object({ passage: studyPassage, comment: z.string().optional() })),
});

export const collection = studyStored.extend({
  ...collectionContent.shape,
  share: shareToken.optional().describe('Present while the list is shared; private without it.'),
});
export type Collection = z.infer<typeof collection>;

export const collectionsResponse = studyList(collection);
export type CollectionsResponse = z.infer<typeof collectionsResponse>;
export const collectionConflict = studyConflict(collectionInput, collection);

export const shareResponse = z.object({ share: shareToken });
export type ShareResponse = z.infer<typeof shareResponse>;

/** A list as seen through its link: nothing reveals its owner. */
export const sharedCollection = collectionContent.extend({
  updatedAt: studyInstant,
});
export type SharedCollection = z.infer<typeof sharedCollection>;
