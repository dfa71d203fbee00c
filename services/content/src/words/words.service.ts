import type { WordResponse, WordSummary, WordsResponse } from '@gospelib/contracts';
import { ProblemError } from '@gospelib/service-kit';
import { decodeCursor, nextCursor, pageOf } from '../answer/cursor.ts';
import type { Corpus } from '../corpus/corpus.ts';
import { sourceOf } from './words.forms.ts';
import { type IndexedWord, normalStrongs } from './words.index.ts';
import {
  countUsesByBook,
  findWordEntry,
  readConcordance,
  readDerivatives,
  readRoots,
} from './words.repository.ts';

export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const MAX_DERIVATIVES = 100;

/**
 * A word with one page of its concordance.
 * @param typed a Strong's number in any spelling: `H7225`, `h7225`, `H085`
 * @throws ProblemError `not-found` with the reason, `bad-cursor`
 */
export async function readWord(
  corpus: Corpus,
  typed: string,
  { cursor, limit }: PageRequest,
): Promise<WordResponse> {
  const { graph, words } = corpus;
  const strongs = normalStrongs(typed);
  const word = strongs === undefined ? undefined : words.get(strongs);
  if (strongs === undefined || !word) throw new ProblemError('not-found', whyNoWord(strongs));
  const list = JSON.stringify(['concordance', corpus.version, strongs]);
  const offset = decodeCursor(list, cursor);
  const [entry, roots, derivatives, counts, uses] = await Promise.all([
    findWordEntry(graph, strongs),
    readRoots(graph, strongs),
    readDerivatives(graph, strongs, MAX_DERIVATIVES),
    countUsesByBook(graph, strongs),
    readConcordance(graph, strongs, offset, limit),
  ]);
  if (!entry) throw new RangeError(`The graph has no entry for ${strongs}.`);
  const summaries = (ids: string[]): WordSummary[] => ids.map((id) => words.require(id).summary);
  const note = concordanceNote(corpus, word);
  return {
    ...word.summary,
    ...entry,
    source: sourceOf(word.summary),
    derivedFrom: summaries(roots),
    derivatives: summaries(derivatives),
    books: inCanonicalOrder(corpus, counts),
    concordance: {
      total: word.verses,
      items: uses.map(({ id, forms }) => ({ passage: corpus.passages.get(id), forms })),
      ...nextCursor(list, offset + uses.length, word.verses),
    },
    ...(note !== undefined && { note }),
  };
}

/** Words that are, begin with or mean what was typed. @throws ProblemError `bad-cursor` */
export function searchWords(
  { version, words }: Corpus,
  q: string,
  { cursor, limit }: PageRequest,
): WordsResponse {
  const list = JSON.stringify(['words', version, q]);
  const found = words.search(q).map(({ summary, verses }) => ({ ...summary, verses }));
  const page = pageOf(list, found, decodeCursor(list, cursor), limit);
  return { query: q, total: found.length, ...page };
}

function inCanonicalOrder(
  { bookIndex }: Corpus,
  counts: readonly { slug: string; count: number }[],
): WordResponse['books'] {
  const bySlug = new Map(counts.map(({ slug, count }) => [slug, count]));
  return bookIndex.books.flatMap(({ summary: { slug, name } }) => {
    const count = bySlug.get(slug);
    return count === undefined ? [] : [{ slug, name, count }];
  });
}

function concordanceNote({ manifest }: Corpus, { summary, verses }: IndexedWord) {
  const tags = sourceOf(summary) === 'kjv-tag';
  if (verses > 0) {
    return tags
      ? "By the Strong's tags of the King James Version, a translation: this corpus has no Greek text."
      : undefined;
  }
  if (tags && manifest.edition === 'default') {
    return "The New Testament's words come with the full corpus; this one has the Greek dictionary only.";
  }
  return 'No verse of this corpus uses the word itself.';
}

function whyNoWord(strongs: string | undefined): string {
  if (strongs === undefined) {
    return "A word is asked for by its Strong's number: H or G and a number, e.g. H7225.";
  }
  const number = Number(strongs.slice(1));
  if (strongs === 'G2717' || (strongs.startsWith('G') && number >= 3203 && number <= 3302)) {
    return `G2717 and G3203–G3302 do not exist in Strong's numbering: it leaves them out.`;
  }
  return `Strong's numbering has no ${strongs}: it has H1–H8674 and G1–G5624.`;
}
