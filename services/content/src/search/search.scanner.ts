import type { SearchIndex } from './search.index.ts';

/** The terms that match one place of a query; any of them does. */
export type Slot = ArrayLike<number> & Iterable<number>;

/** Scans the index with working memory that is allocated once. Not reentrant; at most 32 slots. */
export interface SearchScanner {
  /**
   * Documents that hold a term of every slot, in no order; valid until the next call. They are looked for from now on.
   */
  documentsWithAll(slots: readonly Slot[]): Uint32Array;
  /** Documents that hold a term of at least so many of the slots, in no order; valid until the next call. */
  documentsWithSome(slots: readonly Slot[], least: number): Uint32Array;
  /** The slots that the methods below look for. */
  lookFor(slots: readonly Slot[]): void;
  /** A bit for each slot of which a document holds a term. */
  mask(document: number): number;
  /** Words in the shortest stretch that fills so many of the slots, of a document that does fill them. */
  narrowestSpan(document: number, filled: number): number;
  /** A bit for each place of the sequence whose slot follows the one before it within three words. */
  orderedPairs(document: number, sequence: readonly number[]): number;
  /** Whether the terms stand in a document next to each other in this order; whatever is looked for. */
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
  /** What a scan knows of each document; what is less than `base` is of an earlier scan. */
  const state = new Uint32Array(index.documents);
  let base = 0;
  const masks = new Uint32Array(index.documents);
  const found = new Uint32Array(index.documents);
  const slotOf = new Uint8Array(index.terms.size);
  const lastAt = new Int32Array(32);
  let assigned: readonly Slot[] = [];

  const frequency = (slot: Slot): number => {
    let sum = 0;
    for (const term of slot) sum += (postingStarts[term + 1] ?? 0) - (postingStarts[term] ?? 0);
    return sum;
  };
  const lookFor = (slots: readonly Slot[]): void => {
    for (const slot of assigned) for (const term of slot) slotOf[term] = 0;
    slots.forEach((slot, number) => {
      for (const term of slot) slotOf[term] = number + 1;
    });
    assigned = slots;
  };
  /** A new scan that uses the states from the result up to 32 more. */
  const begin = (): number => {
    base += 64;
    if (base > 2 ** 32 - 64) {
      state.fill(0);
      base = 64;
    }
    return base;
  };

  const mask = (document: number): number => {
    let held = 0;
    const end = starts[document + 1] ?? 0;
    for (let at = starts[document] ?? 0; at < end; at += 1) {
      const slot = (slotOf[tokens[at] ?? 0] ?? 0) - 1;
      if (slot >= 0) held |= 1 << slot;
    }
    return held;
  };
  const narrowestSpan = (document: number, filled: number): number => {
    if (assigned.length === 1) return 1;
    lastAt.fill(-1, 0, assigned.length);
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
    lookFor,
    mask,
    documentsWithAll(slots) {
      lookFor(slots);
      const none = begin();
      const rarestFirst = slots.toSorted((a, b) => frequency(a) - frequency(b));
      let count = 0;
      for (const [round, slot] of rarestFirst.entries()) {
        if (round > 0 && count * READ_COST < frequency(slot)) {
          const all = 2 ** slots.length - 1;
          return found.subarray(0, count).filter((document) => mask(document) >>> 0 === all);
        }
        count = 0;
        const held = none + round;
        for (const term of slot) {
          const end = postingStarts[term + 1] ?? 0;
          for (let at = postingStarts[term] ?? 0; at < end; at += 1) {
            const document = postings[at] ?? 0;
            const known = state[document] ?? 0;
            if (round === 0 ? known > none : known !== held) continue;
            state[document] = held + 1;
            found[count] = document;
            count += 1;
          }
        }
      }
      return found.subarray(0, count);
    },
    documentsWithSome(slots, least) {
      const met = begin();
      let count = 0;
      slots.forEach((slot, number) => {
        const bit = 1 << number;
        for (const term of slot) {
          const end = postingStarts[term + 1] ?? 0;
          for (let at = postingStarts[term] ?? 0; at < end; at += 1) {
            const document = postings[at] ?? 0;
            const before = state[document] === met ? (masks[document] ?? 0) : 0;
            if ((before & bit) !== 0) continue;
            masks[document] = before | bit;
            state[document] = met;
            if (bitCount(before | bit) !== least) continue;
            found[count] = document;
            count += 1;
          }
        }
      });
      return found.subarray(0, count);
    },
    narrowestSpan,
    orderedPairs(document, sequence) {
      lastAt.fill(-PAIR_REACH - 1, 0, assigned.length);
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

export function bitCount(mask: number): number {
  const pairs = mask - ((mask >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
