import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSearchIndex, type SearchIndex } from './search.index.ts';
import { parseQuery } from './search.query.ts';
import { createSnippets } from './search.snippet.ts';

const long = `${'And it came to pass that many waters were gathered. '.repeat(8)}Then was faith, hope, and charity found among them; ${'and they did rejoice exceedingly. '.repeat(8)}`;
const texts = [
  'In the beginning God created the heaven and the earth.',
  'Now faith is the substance of things hoped for, the evidence of things not seen.',
  'And Jacob came to Beth-el, and blessed the LORD’s name.',
  long,
  ...Array.from({ length: 20 }, () => 'and the of'),
];
let index: SearchIndex;

beforeAll(async () => {
  index = await buildSearchIndex(texts);
});

const show = (typed: string, text: string, kind: 'phrase' | 'near' | 'all' | 'stem') =>
  createSnippets(index, parseQuery(typed, index.compounds))(text, kind)
    .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
    .join('');

describe('a snippet', () => {
  it.each([
    ['in the beginning', 0, 'phrase', '[In the beginning] God created the heaven and the earth.'],
    ['earth heaven', 0, 'near', 'In the beginning God created the [heaven] and the [earth].'],
    ['the heaven', 0, 'near', 'In the beginning God created the [heaven] and the earth.'],
    ['and the', 0, 'all', 'In [the] beginning God created [the] heaven [and the] earth.'],
    [
      'hope',
      1,
      'stem',
      'Now faith is the substance of things [hoped] for, the evidence of things not seen.',
    ],
    ['bethel', 2, 'phrase', 'And Jacob came to [Beth-el], and blessed the LORD’s name.'],
    ["lord's name", 2, 'phrase', 'And Jacob came to Beth-el, and blessed the [LORD’s name].'],
  ] as const)('of “%s” in verse %i (%s)', (typed, verse, kind, expected) => {
    expect(show(typed, texts[verse] ?? '', kind)).toBe(expected);
  });

  it('of a long verse is cut between words around the best marks', () => {
    const shown = show('faith hope charity', long, 'near');
    expect(shown).toContain('[faith, hope], and [charity]');
    expect(shown).toMatch(/^… \w.* …$/);
    expect(shown.length).toBeLessThan(300);
  });

  it('joined, reads as the verse or as a piece of it', () => {
    const query = fc.array(fc.constantFrom('faith', 'the', 'hope', 'charity', 'beth', 'rejoice'), {
      minLength: 1,
      maxLength: 6,
    });
    const kind = fc.constantFrom(
      'phrase' as const,
      'near' as const,
      'all' as const,
      'stem' as const,
    );
    fc.assert(
      fc.property(query, fc.constantFrom(...texts), kind, (words, text, match) => {
        const pieces = createSnippets(index, parseQuery(words.join(' '), index.compounds))(
          text,
          match,
        );
        const joined = pieces.map((piece) => piece.text).join('');
        expect(text).toContain(joined.replace(/^… /, '').replace(/ …$/, ''));
        expect(pieces.every((piece) => piece.text !== '')).toBe(true);
      }),
    );
  });
});
