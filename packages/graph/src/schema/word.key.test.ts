import { expect, it } from 'vitest';
import { lemmaKey, transliterationKey } from './word.key.ts';

it.each([
  ['ἀγάπη', 'αγαπη'],
  ['ΛΌΓΟΣ', 'λογοσ'],
  ['λόγος', 'λογοσ'],
  ['רֵאשִׁית', 'ראשית'],
  // The same letters, their points in another order.
  ['רֵאשִׁית'.normalize('NFC'), 'ראשית'],
])('the key of %s is %s', (lemma, key) => {
  expect(lemmaKey(lemma)).toBe(key);
});

it.each([
  ['agápē', 'agape'],
  ['rêʼshîyth', 'reshiyth'],
  ['Yᵉhôvâh', 'yhovah'],
])('the key of the transliteration %s is %s', (text, key) => {
  expect(transliterationKey(text)).toBe(key);
});
