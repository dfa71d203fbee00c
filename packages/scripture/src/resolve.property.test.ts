import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { chapterAt, chapterTotal, verseAt, verseTotal } from './canon.order.ts';
import { books } from './canon.ts';
import { formatReference } from './reference.format.ts';
import { formatId, parseId } from './reference.id.ts';
import { expandReference } from './reference.span.ts';
import type { Reference, VersePoint } from './reference.ts';
import { Cursor } from './resolve.cursor.ts';
import { parseParts } from './resolve.parser.ts';
import { resolveReference } from './resolve.ts';
import { MAX_QUERY_LENGTH, tokenize } from './text.token.ts';

const verse = fc
  .integer({ min: 0, max: verseTotal - 1 })
  .map((order) => verseAt(order) as VersePoint);
const range = fc.tuple(verse, fc.integer({ min: 1, max: 300 })).chain(([from, length]) => {
  const start = expandReference({ kind: 'book', book: from.book });
  const first = start.indexOf(formatId({ kind: 'verse', ...from }));
  const last = parseId(start[Math.min(first + length, start.length - 1)] ?? '');
  if (last?.kind !== 'verse' || formatId(last) === start[first]) return fc.constant(undefined);
  const reference: Reference = { kind: 'range', book: from.book, from: pick(from), to: pick(last) };
  return fc.constant(reference);
});

function pick({ chapter, verse: number }: VersePoint): { chapter: number; verse: number } {
  return { chapter, verse: number };
}

/** Pieces of references and near-references, which reach deeper into the parser than random characters. */
const pieces = fc
  .array(
    fc.constantFrom(
      ...[
        'Alma',
        '1 Nephi',
        'II',
        'Tim.',
        'D&C',
        'John',
        'Mos',
        'JS—H',
        'OD',
        'Tobit',
        'Genisis',
        'section',
      ],
      ...['chapter', 'verse', 'v.', 'ff', 'f', 'and', 'to', 'the', 'of', 'title', 'a', 'x'],
      ...[
        '1',
        '3',
        '16',
        '999',
        '0',
        ':',
        ',',
        ';',
        '.',
        '..',
        '-',
        '–',
        '&',
        ' ',
        '(',
        '/',
        'ﷺ',
        '\ud800',
      ],
    ),
    { maxLength: 60 },
  )
  .chain((parts) => fc.constantFrom('', ' ').map((space) => parts.join(space)));

function referencesOf(text: string): readonly Reference[] {
  const result = resolveReference(text);
  switch (result.status) {
    case 'found':
      expect(result.references.length).toBeGreaterThan(0);
      return result.references;
    case 'ambiguous':
      expect(result.candidates.length).toBeGreaterThan(1);
      return result.candidates;
    case 'no-text':
      expect(result.reason).not.toBe('');
      return [];
    case 'not-found':
      expect(result.reason).not.toBe('');
      return result.suggestions;
  }
}

describe('what is written is understood', () => {
  test('every one of the 41,995 verses, by its reference and by its id', () => {
    for (let order = 0; order < verseTotal; order += 1) {
      const reference: Reference = { kind: 'verse', ...(verseAt(order) as VersePoint) };
      for (const text of [formatReference(reference), formatId(reference)]) {
        const result = resolveReference(text);
        const same = result.status === 'found' && result.references.length === 1;
        if (!same || result.references.map(formatId)[0] !== formatId(reference)) {
          expect(result, text).toMatchObject({ status: 'found', references: [reference] });
        }
      }
    }
  });

  test('every chapter and every book', () => {
    for (let order = 0; order < chapterTotal; order += 1) {
      const reference = { kind: 'chapter', ...chapterAt(order) } as Reference;
      expect(referencesOf(formatReference(reference))).toEqual([reference]);
    }
    for (const { slug, name, singleChapter } of books) {
      const reference = singleChapter
        ? { kind: 'chapter', book: slug, chapter: 1 }
        : { kind: 'book', book: slug };
      expect(referencesOf(name)).toEqual([reference]);
      expect(referencesOf(slug)).toEqual([reference]);
    }
  });

  test('ranges', () => {
    fc.assert(
      fc.property(range, (reference) => {
        if (!reference) return;
        expect(parseId(formatId(reference))).toEqual(reference);
        expect(referencesOf(formatReference(reference))).toEqual([reference]);
        expect(referencesOf(formatId(reference))).toEqual([reference]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('any text', () => {
  test.each([
    ['characters', fc.string({ unit: 'binary', maxLength: 250 })],
    ['graphemes', fc.string({ unit: 'grapheme', maxLength: 60 })],
    ['pieces of references', pieces],
  ])('%s: never throws, and answers only with what the canon has', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const reference of referencesOf(text)) {
          expect(parseId(formatId(reference))).toEqual(reference);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('too long a text is refused unread', () => {
    const normalize = vi.spyOn(String.prototype, 'normalize');
    try {
      expect(resolveReference('Alma 32:21;'.repeat(20_000))).toEqual({
        status: 'not-found',
        reason: 'A reference has at most 200 characters.',
        suggestions: [],
      });
      expect(normalize).not.toHaveBeenCalled();
    } finally {
      normalize.mockRestore();
    }
    expect(resolveReference('Alma 32'.padEnd(MAX_QUERY_LENGTH)).status).toBe('found');
    expect(resolveReference('Alma 32'.padEnd(MAX_QUERY_LENGTH + 1)).status).toBe('not-found');
  });

  test('tokens are cut in one pass: each character is looked at once, each token lies behind the one before', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        const normalize = vi.spyOn(String.prototype, 'normalize');
        const tokens = tokenize(text);
        expect(normalize.mock.calls.length).toBe([...text].length);
        normalize.mockRestore();
        tokens.forEach(({ start, end }, index) => {
          expect(start).toBeGreaterThanOrEqual(tokens[index - 1]?.start ?? 0);
          expect(end).toBeGreaterThan(start);
        });
      }),
    );
  });

  test.each([
    '.Alma',
    'Alma & ',
    '1 Nephi 3 to ',
    '1 x ',
    '1, 2 Ne ',
    'Tobit, ',
    'the of ',
    'Alma 1 - ',
    '3:1.',
    'verse ',
    'Alma . - ',
  ])('each token costs a bounded number of steps: %j, 500 times', (text) => {
    expectLinear(text.repeat(500));
  });

  test('each token costs a bounded number of steps, however long the text', () => {
    fc.assert(
      fc.property(pieces, fc.constantFrom(1, 10, 100), (text, times) => {
        expectLinear(text.repeat(times));
      }),
      { numRuns: 300 },
    );
  });
});

/**
 * The worst of 20,000 random texts took 34, whatever its length; were time quadratic, long ones would take thousands.
 */
const STEPS_PER_TOKEN = 100;

function expectLinear(text: string): void {
  expect(stepsOf(text)).toBeLessThanOrEqual(STEPS_PER_TOKEN * (tokenize(text).length + 1));
}

/** How often the parser reads a token. */
function stepsOf(text: string): number {
  const peek = vi.spyOn(Cursor.prototype, 'peek');
  parseParts(text);
  const steps = peek.mock.calls.length;
  peek.mockRestore();
  return steps;
}
