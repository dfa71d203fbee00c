import { buildSearchIndex, type SearchIndex } from './search.index.ts';
import { createMatcher, type Matches } from './search.match.ts';
import type { SearchQuery } from './search.query.ts';

/** The index of a corpus and the function that matches queries. */
export interface SearchEngine {
  readonly index: SearchIndex;
  /** Time that building took, ms, including the pauses for requests. */
  readonly buildMs: number;
  match(query: SearchQuery): Matches;
}

/** Indexes texts in canonical order; yields to requests meanwhile. */
export async function buildSearchEngine(texts: readonly string[]): Promise<SearchEngine> {
  const start = performance.now();
  const index = await buildSearchIndex(texts);
  return { index, buildMs: performance.now() - start, match: createMatcher(index) };
}
