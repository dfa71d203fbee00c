import { expect, it } from 'vitest';
import { beginningsOf, cutSnippet } from './note.search.ts';

it.each([
  ['', []],
  ['plain', [{ text: 'plain', hit: false }]],
  [
    'a \u0001hit\u0002 and \u0001one\u0002',
    [
      { text: 'a ', hit: false },
      { text: 'hit', hit: true },
      { text: ' and ', hit: false },
      { text: 'one', hit: true },
    ],
  ],
])('cuts %j', (text, pieces) => expect(cutSnippet(text)).toEqual(pieces));

it.each([
  ['faith', "'faith':*"],
  ['a fa fai', "'a' & 'fa' & 'fai':*"],
  ['"faith hope"', ''],
  ['faith -hope', ''],
])('looks for %j also as %j', (q, terms) => expect(beginningsOf(q)).toBe(terms));
