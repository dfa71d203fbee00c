import type { WordRecord } from '../corpus/corpus.records.ts';

const NUMBER = /[HG]\d+/g;

/** The words from which each word is derived: the distinct words that its derivation names, as indices of the list. */
export function findDerivations(words: readonly WordRecord[]): { from: number; to: number }[] {
  const places = new Map(words.map(({ id }, place) => [id, place]));
  return words.flatMap(({ id, derivation }, from) => {
    const numbers = (derivation?.match(NUMBER) ?? []).map(
      (text) => `${text[0]}${Number(text.slice(1))}`,
    );
    return [...new Set(numbers)].flatMap((number) => {
      const to = places.get(number);
      return to === undefined || number === id ? [] : [{ from, to }];
    });
  });
}
