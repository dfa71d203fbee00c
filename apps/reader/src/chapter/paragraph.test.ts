import type { Verse } from '@gospelib/contracts';
import { expect, it } from 'vitest';
import { groupParagraphs, markWeight } from './paragraph.ts';

const verse = (number: number, more: Partial<Verse> = {}): Verse => ({
  id: `ps.1.${number}`,
  number,
  text: 'text',
  paragraph: false,
  connections: 0,
  ...more,
});

it('begins a paragraph at each mark and each letter', () => {
  const verses = [
    verse(1),
    verse(2),
    verse(3, { paragraph: true }),
    verse(4, { heading: 'ב Beth' }),
    verse(5),
  ];
  const numbers = groupParagraphs(verses).map((group) => group.map(({ number }) => number));
  expect(numbers).toEqual([[1, 2], [3], [4, 5]]);
  expect(groupParagraphs([])).toEqual([]);
});

it('marks verses by how much they are tied to', () => {
  expect([0, 1, 11, 12, 23, 24, 400].map(markWeight)).toEqual([0, 1, 1, 2, 2, 3, 3]);
});
