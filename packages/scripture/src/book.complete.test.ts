import { expect, test } from 'vitest';
import { completeBook } from './book.complete.ts';

test.each([
  ['al', 'alma'],
  ['1 n', '1-ne'],
  ['1n', '1-ne'],
  ['I N', '1-ne'],
  ['first n', '1-ne'],
  ['1st ne', '1-ne'],
  ['ii t', '2-thes 2-tim'],
  ['nep', '1-ne 2-ne 3-ne 4-ne'],
  ['phi', 'philip philem'],
  ['mo', 'mosiah morm moro moses w-of-m'],
  ['words o', 'w-of-m'],
  ['song of', 'song'],
  ['cant', 'song'],
  ['d&c', 'dc'],
  ['doctrine and c', 'dc'],
  ['js', 'js-m js-h'],
  ['faith', 'a-of-f'],
  ['jo', 'josh job joel jonah john js-m js-h 1-jn 2-jn 3-jn'],
  ['', ''],
  ['   ', ''],
  ['alma 3', ''],
  ['alma:', 'alma'],
  ['xyz', ''],
  ['/', ''],
  ['a'.repeat(10_000), ''],
])('%j begins %s', (prefix, slugs) => {
  expect(
    completeBook(prefix)
      .map(({ slug }) => slug)
      .join(' '),
  ).toBe(slugs);
});

test('what the text abbreviates comes first', () => {
  expect(completeBook('jn')[0]?.slug).toBe('john');
  expect(completeBook('ps')[0]?.slug).toBe('ps');
});

test('gives no more than the limit', () => {
  expect(completeBook('m', 3).map(({ slug }) => slug)).toEqual(['micah', 'mal', 'matt']);
  expect(completeBook('j')).toHaveLength(10);
});
