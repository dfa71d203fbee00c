import type { SearchHit, SearchResponse, WordSummary } from '@gospelib/contracts';
import { ProblemError } from '@gospelib/service-kit';
import { decodeCursor, nextCursor } from '../answer/cursor.ts';
import type { Corpus } from '../corpus/corpus.ts';
import { readAsReference } from '../passages/passages.resolve.ts';
import type { WordIndex } from '../words/words.index.ts';
import { booksWithin, countFacets, type SearchFilter } from './search.facets.ts';
import { best, documentAt, type Match, type Matches, matchAt } from './search.match.ts';
import { MAX_QUERY_WORDS, parseQuery, type SearchQuery } from './search.query.ts';
import { createSnippets } from './search.snippet.ts';
import { suggestSpelling } from './search.spelling.ts';

export interface SearchRequest extends SearchFilter {
  /** At most 200 characters and 32 words. */
  readonly q: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const MAX_WORDS_SHOWN = 5;
const ORIGINAL_LETTERS = /[\p{Script=Hebrew}\p{Script=Greek}]/u;

/**
 * Searches the verses of a corpus, and finds the Hebrew and Greek words and the reference that the query may name.
 * @throws ProblemError `invalid-input` for too many words or an unknown book, `bad-cursor`
 */
export function searchCorpus(corpus: Corpus, request: SearchRequest): SearchResponse {
  const { bookIndex, passages, search } = corpus;
  const { q, volume, book, limit } = request;
  if (book !== undefined && !bookIndex.places.has(book)) throw invalid('book', 'is no known book');
  const query = parseQuery(q, search.index.compounds);
  if (query.words.length + query.excluded.length > MAX_QUERY_WORDS) {
    throw invalid('q', `has more than ${MAX_QUERY_WORDS} words`);
  }
  const list = JSON.stringify(['search', corpus.version, q, volume, book]);
  const offset = decodeCursor(list, request.cursor);

  const within = booksWithin(bookIndex, request);
  const found = new Uint32Array(bookIndex.books.length);
  const { page, total } = pageOf(search.match(query), passages.books, within, found, offset, limit);
  const reference = readAsReference(q);
  const words = wordsNamed(corpus.words, q);
  // A word in no verse may be the name of a Hebrew word, or of a book.
  const named = reference !== undefined || words.length > 0;
  const spelling = named ? undefined : suggestSpelling(search.index, q, query);
  return {
    query: q,
    total,
    ...(spelling && { spelling }),
    ...(query.notes.length > 0 && { notes: [...query.notes] }),
    ...(reference && { reference }),
    words,
    facets: countFacets(bookIndex, found, request),
    hits: showHits(corpus, query, page),
    ...nextCursor(list, offset + page.length, total),
  };
}

/** The matches of a page among those within the filter, and how many there are; counts all of them by book in `found`. */
function pageOf(
  matches: Matches,
  books: Uint16Array,
  within: readonly boolean[],
  found: Uint32Array,
  offset: number,
  limit: number,
): { page: Match[]; total: number } {
  const inside = new Float64Array(matches.length);
  let total = 0;
  for (let place = 0; place < matches.length; place += 1) {
    const book = books[documentAt(matches, place)] ?? 0;
    found[book] = (found[book] ?? 0) + 1;
    if (!within[book]) continue;
    inside[total] = matches[place] ?? 0;
    total += 1;
  }
  const shown = best(inside.subarray(0, total), offset + limit);
  const page = Array.from({ length: Math.max(0, shown.length - offset) }, (_, at) =>
    matchAt(shown, offset + at),
  );
  return { page, total };
}

function showHits({ passages, search }: Corpus, query: SearchQuery, page: Match[]): SearchHit[] {
  const snippetOf = createSnippets(search.index, query);
  return page.map(({ document, kind }) => {
    const passage = passages.at(document);
    return { passage, match: kind, snippet: snippetOf(passage.text, kind) };
  });
}

/** Words that the whole query names, or that one of its words names in Hebrew or Greek letters. */
function wordsNamed(words: WordIndex, q: string): WordSummary[] {
  const parts = q.split(/[\s"“”]+/u).filter((part) => ORIGINAL_LETTERS.test(part));
  const named = [...words.named(q), ...parts.flatMap((part) => words.named(part))];
  return [...new Set(named)].slice(0, MAX_WORDS_SHOWN).map(({ summary }) => summary);
}

function invalid(field: string, message: string): ProblemError {
  const errors = [{ path: `query.${field}`, message }];
  return new ProblemError('invalid-input', `Not valid: query.${field}.`, { errors });
}
