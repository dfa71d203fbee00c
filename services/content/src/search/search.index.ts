import { forEachYielding } from '../corpus/event-loop.yield.ts';
import { stem } from './search.stem.ts';
import { type Compounds, findCompounds, tokenize } from './search.text.ts';

/**
 * A positional full-text index of the verses, all in typed arrays. A document is a verse, numbered in
 * canonical order; a term and a stem are numbered in order of first occurrence.
 *
 * - `tokens` holds the terms of every verse in reading order; those of document `d` are
 *   `tokens[starts[d]]` up to `tokens[starts[d + 1]]` exclusive: a position is an index into it.
 * - `postings[postingStarts[t]…postingStarts[t + 1]]` are the documents of term `t`, ascending.
 * - `stemTerms[stemStarts[s]…stemStarts[s + 1]]` are the terms that share stem `s`.
 */
export interface SearchIndex {
  readonly documents: number;
  readonly compounds: Compounds;
  readonly terms: ReadonlyMap<string, number>;
  readonly tokens: Uint32Array;
  readonly starts: Uint32Array;
  readonly postings: Uint32Array;
  readonly postingStarts: Uint32Array;
  readonly stems: ReadonlyMap<string, number>;
  readonly stemOf: Uint32Array;
  readonly stemTerms: Uint32Array;
  readonly stemStarts: Uint32Array;
}

/** Builds the index; yields between slices of work, so that a running service goes on answering. */
export async function buildSearchIndex(texts: readonly string[]): Promise<SearchIndex> {
  const compounds = findCompounds(texts);
  const terms = new Map<string, number>();
  const starts = new Uint32Array(texts.length + 1);
  const stream = new GrowingArray();
  await forEachYielding(texts.length, (document) => {
    for (const { term } of tokenize(texts[document] ?? '', compounds)) {
      stream.push(numbered(terms, term));
    }
    starts[document + 1] = stream.length;
  });
  const tokens = stream.finish();
  const { postings, postingStarts } = await invert(tokens, starts, terms.size);
  return {
    documents: texts.length,
    compounds,
    terms,
    tokens,
    starts,
    postings,
    postingStarts,
    ...(await groupByStem(terms)),
  };
}

/** Bytes that the index's typed arrays hold. */
export function indexBytes(index: SearchIndex): number {
  return Object.values(index)
    .filter((part) => part instanceof Uint32Array)
    .reduce((sum, part) => sum + part.byteLength, 0);
}

/** The number of a stemmed query word, if any verse holds a word of that stem. */
export function stemNumber(index: SearchIndex, word: string): number | undefined {
  const term = index.terms.get(word);
  if (term !== undefined) return index.stemOf[term];
  return index.stems.get(stem(word, (candidate) => index.terms.has(candidate)));
}

async function invert(tokens: Uint32Array, starts: Uint32Array, termCount: number) {
  const documents = starts.length - 1;
  const postingStarts = new Uint32Array(termCount + 1);
  const lastSeen = new Int32Array(termCount).fill(-1);
  const eachTermOnce = (visit: (term: number, document: number) => void) =>
    forEachYielding(documents, (document) => {
      for (let at = starts[document] ?? 0; at < (starts[document + 1] ?? 0); at += 1) {
        const term = tokens[at] ?? 0;
        if (lastSeen[term] === document) continue;
        lastSeen[term] = document;
        visit(term, document);
      }
    });
  await eachTermOnce((term) => {
    postingStarts[term + 1] = (postingStarts[term + 1] ?? 0) + 1;
  });
  sumUp(postingStarts);
  lastSeen.fill(-1);
  const next = postingStarts.slice();
  const postings = new Uint32Array(postingStarts[termCount] ?? 0);
  await eachTermOnce((term, document) => {
    const at = next[term] ?? 0;
    postings[at] = document;
    next[term] = at + 1;
  });
  return { postings, postingStarts };
}

async function groupByStem(terms: ReadonlyMap<string, number>) {
  const words = [...terms.keys()];
  const stems = new Map<string, number>();
  const stemOf = new Uint32Array(words.length);
  const known = (word: string) => terms.has(word);
  await forEachYielding(words.length, (term) => {
    stemOf[term] = numbered(stems, stem(words[term] ?? '', known));
  });
  const stemStarts = new Uint32Array(stems.size + 1);
  for (const number of stemOf) stemStarts[number + 1] = (stemStarts[number + 1] ?? 0) + 1;
  sumUp(stemStarts);
  const next = stemStarts.slice();
  const stemTerms = new Uint32Array(words.length);
  stemOf.forEach((number, term) => {
    const at = next[number] ?? 0;
    stemTerms[at] = term;
    next[number] = at + 1;
  });
  return { stems, stemOf, stemTerms, stemStarts };
}

function numbered(numbers: Map<string, number>, key: string): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}

function sumUp(counts: Uint32Array): void {
  for (let at = 1; at < counts.length; at += 1)
    counts[at] = (counts[at] ?? 0) + (counts[at - 1] ?? 0);
}

class GrowingArray {
  length = 0;
  #values = new Uint32Array(1 << 16);

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length] = value;
    this.length += 1;
  }

  finish(): Uint32Array {
    return this.#values.slice(0, this.length);
  }
}
