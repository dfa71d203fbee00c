import type { SearchIndex } from './search.index.ts';
import { stemNumber } from './search.index.ts';
import type { SearchQuery } from './search.query.ts';

/** Words of a query that are looked at: each is compared with the words of about its length. */
const MOST_WORDS = 3;
const LONGEST = 24;

/**
 * The query with each word that no verse has replaced by the most frequent word that is spelt nearly like it: one letter
 * more, less, different or swapped, two from seven letters on. Undefined when there is nothing to offer.
 */
export function suggestSpelling(
  index: SearchIndex,
  typed: string,
  { words, choices }: SearchQuery,
): string | undefined {
  const beginnings = new Set(
    choices?.flatMap((choice) => choice.filter((word) => word.beginning).map(({ text }) => text)),
  );
  const unknown = words.filter(
    (word) =>
      /^[a-z]{3,}$/.test(word) &&
      word.length <= LONGEST &&
      !beginnings.has(word) &&
      stemNumber(index, word) === undefined,
  );
  let suggestion = typed;
  for (const word of new Set(unknown.slice(0, MOST_WORDS))) {
    const near = nearestWord(index, word);
    if (near !== undefined) {
      suggestion = suggestion.replaceAll(new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'giu'), near);
    }
  }
  return suggestion === typed ? undefined : suggestion;
}

function nearestWord(index: SearchIndex, word: string): string | undefined {
  const allowed = word.length < 7 ? 1 : 2;
  let best: { word: string; distance: number; frequency: number } | undefined;
  for (const [known, term] of index.terms) {
    if (Math.abs(known.length - word.length) > allowed || known[0] !== word[0]) continue;
    const distance = distanceOf(word, known, allowed);
    if (distance > allowed) continue;
    const frequency = (index.postingStarts[term + 1] ?? 0) - (index.postingStarts[term] ?? 0);
    const closer = !best || distance < best.distance;
    if (closer || (distance === best?.distance && frequency > best.frequency)) {
      best = { word: known, distance, frequency };
    }
  }
  return best?.word;
}

/** Letters to insert, remove, change or swap with their neighbour; anything above `most` once it is exceeded. */
function distanceOf(a: string, b: string, most: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length] ?? most + 1;
}
