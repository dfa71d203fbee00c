import { z } from 'zod';
import { wordSource, wordSummary } from './connection.schema.ts';
import { passage } from './passage.schema.ts';

const concordance = z.object({
  total: z.int().nonnegative(),
  items: z.array(z.object({ passage, forms: z.array(z.string()) })),
  next: z.string().optional(),
});

export const wordResponse = wordSummary.extend({
  pronunciation: z.string().optional(),
  partOfSpeech: z.string().optional(),
  definition: z.string(),
  usage: z.string().optional().describe('How the King James Version renders the word.'),
  derivation: z.string().optional(),
  derivedFrom: z.array(wordSummary),
  derivatives: z.array(wordSummary).describe('At most 100.'),
  source: wordSource,
  forms: z
    .array(z.object({ form: z.string(), count: z.int().positive() }))
    .describe('Most frequent first, at most 50; English words where `source` is a translation.'),
  books: z.array(z.object({ slug: z.string(), name: z.string(), count: z.int().positive() })),
  concordance,
  note: z
    .string()
    .optional()
    .describe('Why there is no concordance, or that it goes by the tags of a translation.'),
});
export type WordResponse = z.infer<typeof wordResponse>;

export const wordsResponse = z.object({
  query: z.string(),
  total: z.int().nonnegative(),
  items: z.array(wordSummary.extend({ verses: z.int().nonnegative() })),
  next: z.string().optional(),
});
export type WordsResponse = z.infer<typeof wordsResponse>;

export const nameResponse = z.object({
  id: z.string(),
  label: z.string(),
  words: z.array(wordSummary),
  mentions: z.object({
    total: z.int().nonnegative(),
    items: z.array(passage),
    next: z.string().optional(),
  }),
});
export type NameResponse = z.infer<typeof nameResponse>;

export const topicSummary = z.object({ slug: z.string(), name: z.string() });
export const topicsResponse = z.object({
  total: z.int().nonnegative(),
  items: z.array(topicSummary.extend({ passages: z.int().nonnegative() })),
  next: z.string().optional(),
});
export type TopicsResponse = z.infer<typeof topicsResponse>;

export const topicResponse = topicSummary.extend({
  seeAlso: z.array(topicSummary),
  about: z.object({
    total: z.int().nonnegative(),
    items: z.array(
      z.object({
        id: z.string(),
        reference: z.string(),
        text: z.string().optional().describe('Present when the topic points to a single verse.'),
      }),
    ),
    next: z.string().optional(),
  }),
});
export type TopicResponse = z.infer<typeof topicResponse>;
