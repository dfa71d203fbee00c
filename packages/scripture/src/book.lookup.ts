import { getLexicon } from './book.lexicon.ts';
import type { Book } from './canon.ts';

/** Shorter keys are too short to guess from. */
const MIN_GUESS = 3;
const MAX_GUESS = 32;

/**
 * The books that a key names, or otherwise those whose name begins with it ("mos": Mosiah, Moses).
 * @param key as `nameKey` returns it
 */
export function lookUpBooks(key: string): readonly Book[] {
  const { exact, names } = getLexicon();
  const found = exact.get(key);
  if (found) return found;
  if (key.length < 2) return [];
  return unique(names.filter((entry) => entry.key.startsWith(key)).map((entry) => entry.book));
}

/** The books that a key names in full or by a common abbreviation. */
export function lookUpNamed(key: string): readonly Book[] {
  return getLexicon().exact.get(key) ?? [];
}

/** Up to five books that a misspelt key may mean, closest first. */
export function guessBooks(key: string): readonly Book[] {
  if (key.length < MIN_GUESS || key.length > MAX_GUESS) return [];
  const allowed = key.length < 5 ? 1 : 2;
  const near: { distance: number; book: Book }[] = [];
  for (const [known, books] of getLexicon().exact) {
    if (known.length < MIN_GUESS || Math.abs(known.length - key.length) > allowed) continue;
    const distance = editDistance(key, known);
    if (distance <= allowed) for (const book of books) near.push({ distance, book });
  }
  near.sort((a, b) => a.distance - b.distance || a.book.order - b.book.order);
  return unique(near.map(({ book }) => book)).slice(0, 5);
}

function unique(books: readonly Book[]): readonly Book[] {
  return [...new Set(books)];
}

/** The number of insertions, deletions, substitutions and swaps of neighbours that turn one key into the other. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(before, j - 2) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
