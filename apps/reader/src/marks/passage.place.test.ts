import { expect, it } from 'vitest';
import { touchesChapter, versesWithin } from './passage.place.ts';

const end = Number.POSITIVE_INFINITY;

it.each([
  ['alma.32.21', 'alma.32', { first: 21, last: 21 }],
  ['alma.32.21-23', 'alma.32', { first: 21, last: 23 }],
  ['alma.32', 'alma.32', { first: 0, last: end }],
  ['alma', 'alma.32', { first: 0, last: end }],
  ['matt.5.48..matt.6.1', 'matt.5', { first: 48, last: end }],
  ['matt.5.48..matt.6.1', 'matt.6', { first: 0, last: 1 }],
  ['matt.5.48..matt.7.2', 'matt.6', { first: 0, last: end }],
  ['1-ne.3.7', '1-ne.3', { first: 7, last: 7 }],
  ['alma.32.21', 'alma.33', undefined],
  ['alma.3', 'alma.32', undefined],
  ['alma.32.21', '2-ne.32', undefined],
  ['matt.5.48..matt.6.1', 'matt.7', undefined],
])('%s in %s', (passage, chapter, verses) => {
  expect(versesWithin(passage, chapter)).toEqual(verses);
  expect(touchesChapter(passage, chapter)).toBe(verses !== undefined);
});
