import type { ChapterResponse } from '@gospelib/contracts';
import { expect, it } from 'vitest';
import { passageOf, quotationOf, referenceOf } from './passage.copy.ts';

const verse = (number: number, text: string) => ({
  id: `enos.1.${number}`,
  number,
  text,
  paragraph: false,
  connections: 0,
});

const chapter: ChapterResponse = {
  id: 'enos.1',
  reference: 'Enos 1',
  number: 1,
  book: { slug: 'enos', name: 'Enos', fullTitle: 'Enos', volume: 'bofm', chapters: 1, verses: 3 },
  verses: [verse(1, "my father's"), verse(2, 'And I will tell you'), verse(3, 'Behold')],
};

it('cites one verse, several, and to the end', () => {
  const cite = (first: number, last: number) => referenceOf(chapter, { first, last });
  expect(cite(2, 2)).toBe('Enos 1:2');
  expect(cite(1, 2)).toBe('Enos 1:1–2');
  expect(cite(2, Number.POSITIVE_INFINITY)).toBe('Enos 1:2–3');
  expect(passageOf(chapter, { first: 2, last: Number.POSITIVE_INFINITY })).toBe('enos.1.2-3');
  expect(passageOf(chapter, { first: 3, last: 9 })).toBe('enos.1.3');
});

it('quotes with the reference below', () => {
  expect(quotationOf(chapter, { first: 1, last: 2 })).toBe(
    'my father’s 2 And I will tell you\n— Enos 1:1–2',
  );
});
