import { type Compounds, tokenize } from './search.text.ts';

export const MAX_QUERY_LENGTH = 200;
export const MAX_QUERY_WORDS = 32;

/** The search terms: all words in the order typed, and the phrases in quotation marks. */
export interface SearchQuery {
  readonly words: readonly string[];
  readonly phrases: readonly (readonly string[])[];
}

const QUOTATION_MARKS = /["“”„«»]/u;

/** Reads a query. Text in quotation marks must be found as it is; an unclosed quotation reaches to the end. */
export function parseQuery(text: string, compounds: Compounds): SearchQuery {
  const parts = text
    .split(QUOTATION_MARKS)
    .map((part) => tokenize(part, compounds).map((token) => token.term));
  return {
    words: parts.flat(),
    phrases: parts.filter((words, place) => place % 2 === 1 && words.length > 0),
  };
}
