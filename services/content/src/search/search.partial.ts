import { bitCount, type SearchScanner, type Slot } from './search.scanner.ts';

/** A verse that holds only some of the words; the smaller the distance, the better. */
export interface PartialMatch {
  readonly document: number;
  readonly distance: number;
}

const MOST = 50;
/** A word is rare when at most this share of the verses holds it; the three rarest always are. */
const RARE_SHARE = 0.05;
const RAREST_ALWAYS = 3;
/** The share of the query's weight that a verse must hold. */
const LEAST_COVERAGE = 0.5;
/** A match that scores less than this share of the best one is left out. */
const LEAST_OF_BEST = 0.6;

/**
 * The at most 50 verses that hold more than half of the rarer words of a query and at least half of
 * its weight, each word weighted by its rarity; a word that no verse holds weighs most. A verse scores
 * by the weight it holds and by the weight of the neighbouring words that it has in the same order
 * within a step or two, so the verse that someone half remembers goes before one that happens to have
 * the same words.
 *
 * @param slots the terms of each different stem of the query, none for a word unknown to the texts
 * @param sequence the query in reading order, each word as the number of its slot
 */
export function partialMatches(
  scanner: SearchScanner,
  slots: readonly Slot[],
  sequence: readonly number[],
  documents: number,
): PartialMatch[] {
  const frequencies = slots.map((slot) => scanner.frequency(slot));
  const weights = frequencies.map((count) => Math.log(1 + documents / (count + 1)));
  const pairWeights = sequence.map((slot, at) =>
    at === 0 ? 0 : (weights[slot] ?? 0) + (weights[sequence[at - 1] ?? 0] ?? 0),
  );
  const total = weightOf(-1, weights);
  const pairTotal = weightOf(-1, pairWeights);
  const rare = rareSlots(frequencies, documents);
  const leastRare = Math.floor(bitCount(rare) / 2) + 1;
  const found: { document: number; score: number }[] = [];
  const rareOnes = slots.filter((_, slot) => rare & (1 << slot));
  const candidates = scanner.documentsWithSome(rareOnes, leastRare);
  scanner.lookFor(slots);
  for (const document of candidates) {
    const coverage = weightOf(scanner.mask(document), weights) / total;
    if (coverage < LEAST_COVERAGE) continue;
    const order = weightOf(scanner.orderedPairs(document, sequence), pairWeights) / pairTotal;
    found.push({ document, score: coverage + order });
  }
  const best = found.reduce((most, { score }) => Math.max(most, score), 0);
  return found
    .filter(({ score }) => score >= best * LEAST_OF_BEST)
    .sort((a, b) => b.score - a.score || a.document - b.document)
    .slice(0, MOST)
    .map(({ document, score }) => ({ document, distance: Math.round((2 - score) * 1000) }));
}

function rareSlots(frequencies: readonly number[], documents: number): number {
  const third = frequencies.toSorted((a, b) => a - b)[RAREST_ALWAYS - 1] ?? 0;
  const most = Math.max(documents * RARE_SHARE, third);
  return frequencies.reduce((mask, count, slot) => (count <= most ? mask | (1 << slot) : mask), 0);
}

function weightOf(mask: number, weights: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at += 1) {
    if (mask & (1 << at)) sum += weights[at] ?? 0;
  }
  return sum;
}
