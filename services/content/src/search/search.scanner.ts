import type { SearchIndex } from './search.index.ts';

/** The terms that match one place of a query; any of them does. */
export type Slot = ArrayLike<number> & Iterable<number>;

/** Scans the index with working memory that is allocated once. Not reentrant; at most 32 slots. */
export interface SearchScanner {
  /** Documents that hold a term of every slot, in no order. */
  documentsWithAll(slots: readonly Slot[]): readonly number[];
  /** For each document a bit for each slot of which it holds a term; valid until the next call. */
  masks(slots: readonly Slot[]): Uint32Array;
  /** Words in the shortest stretch of a document that fills so many of the slots last scanned. */
  narrowestSpan(document: number, filled: number): number;
  /** A bit for each place of the sequence whose slot follows the one before it within three words. */
  orderedPairs(document: number, sequence: readonly number[]): number;
  /** Whether the terms stand in a document next to each other in this order. */
  holdsPhrase(document: number, terms: readonly number[]): boolean;
  /** An upper bound of the documents that hold a term of the slot: one that holds two of them counts twice. */
  frequency(slot: Slot): number;
}

/** Reading a verse costs as much as reading about this number of entries of a posting list. */
const READ_COST = 30;
/** How many words further on a pair's second word may stand. */
const PAIR_REACH = 3;

export function createScanner(index: SearchIndex): SearchScanner {
  const { tokens, starts, postings, postingStarts } = index;
  const state = new Uint32Array(index.documents);
  const slotOf = new Uint8Array(index.terms.size);
  const lastAt = new Int32Array(32);
  let assigned: readonly Slot[] = [];

  const postingsOf = (term: number) =>
    postings.subarray(postingStarts[term], postingStarts[term + 1]);
  const frequency = (slot: Slot): number => {
    let sum = 0;
    for (const term of slot) sum += postingsOf(term).length;
    return sum;
  };
  const begin = (slots: readonly Slot[]): void => {
    state.fill(0);
    for (const slot of assigned) for (const term of slot) slotOf[term] = 0;
    slots.forEach((slot, number) => {
      for (const term of slot) slotOf[term] = number + 1;
    });
    assigned = slots;
  };

  const narrowestSpan = (document: number, filled: number): number => {
    lastAt.fill(-1);
    let missing = filled;
    let narrowest = Number.POSITIVE_INFINITY;
    const end = starts[document + 1] ?? 0;
    for (let at = starts[document] ?? 0; at < end; at += 1) {
      const slot = (slotOf[tokens[at] ?? 0] ?? 0) - 1;
      if (slot < 0) continue;
      if (lastAt[slot] === -1) missing -= 1;
      lastAt[slot] = at;
      if (missing > 0) continue;
      let first = at;
      for (let other = 0; other < assigned.length; other += 1) {
        const place = lastAt[other] ?? -1;
        if (place >= 0 && place < first) first = place;
      }
      narrowest = Math.min(narrowest, at - first + 1);
    }
    return narrowest;
  };

  return {
    frequency,
    documentsWithAll(slots) {
      begin(slots);
      const rarestFirst = slots.toSorted((a, b) => frequency(a) - frequency(b));
      let found: number[] = [];
      for (const [round, slot] of rarestFirst.entries()) {
        if (round > 0 && found.length * READ_COST < frequency(slot)) {
          return found.filter(
            (document) => narrowestSpan(document, slots.length) < Number.POSITIVE_INFINITY,
          );
        }
        found = [];
        for (const term of slot) {
          for (const document of postingsOf(term)) {
            if (state[document] !== round) continue;
            state[document] = round + 1;
            found.push(document);
          }
        }
      }
      return found;
    },
    masks(slots) {
      begin(slots);
      slots.forEach((slot, number) => {
        const bit = 1 << number;
        for (const term of slot) {
          for (const document of postingsOf(term)) state[document] = (state[document] ?? 0) | bit;
        }
      });
      return state;
    },
    narrowestSpan,
    orderedPairs(document, sequence) {
      lastAt.fill(-PAIR_REACH - 1);
      let held = 0;
      const start = starts[document] ?? 0;
      const words = (starts[document + 1] ?? 0) - start;
      for (let at = 0; at < words; at += 1) {
        const slot = (slotOf[tokens[start + at] ?? 0] ?? 0) - 1;
        if (slot < 0) continue;
        for (let place = 1; place < sequence.length; place += 1) {
          if (sequence[place] !== slot) continue;
          if (at - (lastAt[sequence[place - 1] ?? 0] ?? 0) <= PAIR_REACH) held |= 1 << place;
        }
        lastAt[slot] = at;
      }
      return held;
    },
    holdsPhrase(document, terms) {
      const last = (starts[document + 1] ?? 0) - terms.length;
      for (let at = starts[document] ?? 0; at <= last; at += 1) {
        let matched = 0;
        while (matched < terms.length && tokens[at + matched] === terms[matched]) matched += 1;
        if (matched === terms.length) return true;
      }
      return false;
    },
  };
}
