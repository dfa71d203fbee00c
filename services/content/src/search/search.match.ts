import type { MatchKind } from '@gospelib/contracts';
import { type SearchIndex, stemNumber } from './search.index.ts';
import { partialMatches } from './search.partial.ts';
import type { QueryWord, SearchQuery } from './search.query.ts';
import { createScanner, type SearchScanner } from './search.scanner.ts';

/** A verse that matches, by its number in the index. */
export interface Match {
  readonly document: number;
  readonly kind: MatchKind;
}

/** All matches of a query as ranks, in no order; {@link best} orders them, {@link matchAt} reads them. */
export type Matches = Float64Array;

const KINDS: readonly MatchKind[] = ['phrase', 'near', 'all', 'stem'];
const [PHRASE, NEAR, ALL, STEM] = [0, 1, 2, 3];

/** With fewer full matches, verses that lack some of the words are searched, too. */
const ENOUGH = 10;
const FEWEST_WORDS_FOR_PARTIAL = 4;

/** A rank packs kind, then quality (smaller is better), then canonical order into one number. */
const DOCUMENTS = 2 ** 17;
const QUALITIES = 2 ** 17;
/** Qualities of partial matches begin here, after any span of a full match. */
const PARTIAL_QUALITY = 2 ** 16;

/** The best matches in order, so many of them. Most queries match thousands and show twenty: only those are sorted. */
export function best(matches: Matches, count: number): Matches {
  if (matches.length <= count * 4) return matches.toSorted().subarray(0, count);
  const kept = new Float64Array(count * 2);
  let size = 0;
  let limit = Number.POSITIVE_INFINITY;
  for (const rank of matches) {
    if (rank >= limit) continue;
    kept[size] = rank;
    size += 1;
    if (size < kept.length) continue;
    kept.sort();
    size = count;
    limit = kept[count - 1] ?? limit;
  }
  return kept.subarray(0, size).sort().subarray(0, count);
}

/** The match at a place of ordered matches. */
export function matchAt(matches: Matches, place: number): Match {
  const kind = KINDS[Math.floor((matches[place] ?? 0) / (DOCUMENTS * QUALITIES))] ?? 'stem';
  return { document: documentAt(matches, place), kind };
}

/** The verse at a place of matches, without creating an object: for loops over all of them. */
export function documentAt(matches: Matches, place: number): number {
  return documentOf(matches[place] ?? 0);
}

/** A remainder, in a third of the time that `%` takes of such large numbers. */
function documentOf(rank: number): number {
  return rank - Math.floor(rank / DOCUMENTS) * DOCUMENTS;
}

/**
 * Makes the function that finds the verses that match a query, ranked:
 *
 * 1. `phrase`: the words as typed, next to each other, in canonical order;
 * 2. `near`: all words within about twice their number, closest first;
 * 3. `all`: all words anywhere in the verse, closest first;
 * 4. `stem`: all words in any inflection, closest first. When the query has four different words or
 *    more, no verse has it as typed and fewer than ten matched at all, then also verses that lack a
 *    minority of its rarer words (see {@link partialMatches}): so a half-remembered verse is found.
 *
 * A query with `OR` or a beginning is matched by its choices, as typed and without 4; words to leave out leave verses out.
 * Quoted phrases are required as they are, and a query that has them never reaches 4.
 * Time is bounded by the posting lists of at most 32 words, which is at most the index itself.
 */
export function createMatcher(index: SearchIndex): (query: SearchQuery) => Matches {
  const scanner = createScanner(index);
  const taken = new Uint8Array(index.documents);
  return (query) => {
    if (query.words.length === 0) return new Float64Array();
    const ranks = query.choices
      ? choiceRanks(index, scanner, query, query.choices)
      : exactRanks(index, scanner, query);
    if (query.phrases.length === 0 && !query.choices) {
      addStemRanks(index, scanner, query, ranks, taken);
    }
    return new Float64Array(withoutExcluded(index, query, ranks));
  };
}

function exactRanks(index: SearchIndex, scanner: SearchScanner, query: SearchQuery): number[] {
  const numbers = query.words.map((word) => index.terms.get(word));
  if (!numbers.every((number) => number !== undefined)) return [];
  const [only, ...others] = numbers;
  // A word stands next to nothing else: every verse that holds it has the phrase.
  if (only !== undefined && others.length === 0) {
    return Array.from(postingsOf(index, only), (document) => rankOf(PHRASE, 0, document));
  }
  const distinct = [...new Set(numbers)];
  const phrases = query.phrases.map((words) => words.map((word) => index.terms.get(word) ?? -1));
  const widest = distinct.length * 2 + 4;
  const ranks: number[] = [];
  for (const document of scanner.documentsWithAll(distinct.map((term) => [term]))) {
    if (!phrases.every((phrase) => scanner.holdsPhrase(document, phrase))) continue;
    if (scanner.holdsPhrase(document, numbers)) {
      ranks.push(rankOf(PHRASE, 0, document));
    } else {
      const span = scanner.narrowestSpan(document, distinct.length);
      ranks.push(rankOf(span <= widest ? NEAR : ALL, span, document));
    }
  }
  return ranks;
}

/** Verses with one word of every choice; closest first, as other words are. */
function choiceRanks(
  index: SearchIndex,
  scanner: SearchScanner,
  query: SearchQuery,
  choices: NonNullable<SearchQuery['choices']>,
): number[] {
  // A word counts for the first choice that has it: the scanner knows a term by one slot.
  const used = new Set<number>();
  const slots = choices.map((choice) => {
    const terms = choice.flatMap((word) => termsWith(index, word));
    const own = [...new Set(terms)].filter((term) => !used.has(term));
    for (const term of own) used.add(term);
    return { own, any: terms.length > 0 };
  });
  if (!slots.every(({ any }) => any)) return [];
  const filled = slots.map(({ own }) => own).filter((own) => own.length > 0);
  const phrases = query.phrases.map((words) => words.map((word) => index.terms.get(word) ?? -1));
  const widest = filled.length * 2 + 4;
  const ranks: number[] = [];
  for (const document of scanner.documentsWithAll(filled)) {
    if (!phrases.every((phrase) => scanner.holdsPhrase(document, phrase))) continue;
    const span = scanner.narrowestSpan(document, filled.length);
    ranks.push(rankOf(span <= widest ? NEAR : ALL, span, document));
  }
  return ranks;
}

/** The terms of a word, or of all words that begin so. */
function termsWith(index: SearchIndex, { text, beginning }: QueryWord): number[] {
  const own = index.terms.get(text);
  if (!beginning) return own === undefined ? [] : [own];
  return [...index.terms].flatMap(([word, term]) => (word.startsWith(text) ? [term] : []));
}

function withoutExcluded(index: SearchIndex, { excluded }: SearchQuery, ranks: number[]): number[] {
  if (excluded.length === 0) return ranks;
  const held = new Uint8Array(index.documents);
  for (const term of excluded.flatMap((word) => termsWith(index, word))) {
    for (const document of postingsOf(index, term)) held[document] = 1;
  }
  return ranks.filter((rank) => held[documentOf(rank)] === 0);
}

function addStemRanks(
  index: SearchIndex,
  scanner: SearchScanner,
  query: SearchQuery,
  ranks: number[],
  taken: Uint8Array,
): void {
  taken.fill(0);
  for (const rank of ranks) taken[documentOf(rank)] = 1;
  const stems = query.words.map((word) => stemNumber(index, word) ?? word);
  const distinct = [...new Set(stems)];
  const slots = distinct.map((stem) => (typeof stem === 'number' ? termsOf(index, stem) : []));
  const inflected = slots.some((slot) => slot.length > 1);
  if (inflected && slots.every((slot) => slot.length > 0)) {
    for (const document of scanner.documentsWithAll(slots)) {
      if (taken[document] === 1) continue;
      taken[document] = 1;
      ranks.push(rankOf(STEM, scanner.narrowestSpan(document, slots.length), document));
    }
  }
  const asTyped = ranks.some((rank) => rank < rankOf(NEAR, 0, 0));
  if (asTyped || ranks.length >= ENOUGH) return;
  if (new Set(query.words).size < FEWEST_WORDS_FOR_PARTIAL) return;
  const sequence = stems.map((stem) => distinct.indexOf(stem));
  for (const { document, distance } of partialMatches(scanner, slots, sequence, index.documents)) {
    if (taken[document] === 0) ranks.push(rankOf(STEM, PARTIAL_QUALITY + distance, document));
  }
}

function rankOf(kind: number, quality: number, document: number): number {
  return (kind * QUALITIES + quality) * DOCUMENTS + document;
}

function postingsOf({ postings, postingStarts }: SearchIndex, term: number): Uint32Array {
  return postings.subarray(postingStarts[term], postingStarts[term + 1]);
}

function termsOf(index: SearchIndex, stem: number): Uint32Array {
  return index.stemTerms.subarray(index.stemStarts[stem], index.stemStarts[stem + 1]);
}
