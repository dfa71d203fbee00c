import { buildSearchIndex, type SearchIndex } from './search.index.ts';
import { createMatcher, type Matches } from './search.match.ts';
import type { SearchQuery } from './search.query.ts';

/** The index of a corpus and the matching over it. */
export interface SearchEngine {
  readonly index: SearchIndex;
  /** Time that building took, ms, with the pauses in which other work was let through. */
  readonly buildMs: number;
  match(query: SearchQuery): Matches;
}

/** Indexes texts, which stand in canonical order; lets other work through meanwhile. */
export async function buildSearchEngine(texts: readonly string[]): Promise<SearchEngine> {
  const start = performance.now();
  const index = await buildSearchIndex(texts);
  return { index, buildMs: performance.now() - start, match: createMatcher(index) };
}
