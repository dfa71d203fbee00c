import { expandReference, parseId, verseAt, verseTotal } from '@gospelib/scripture';
import { ProblemError } from '@gospelib/service-kit';
import { describe, expect, it, test } from 'vitest';
import { bookStart, placeOf, referenceAt } from './place.ts';

const at = (id: string) => placeOf(referenceAt(id, 'path'));
const overlap = (a: string, b: string) =>
  at(a).startsAt <= at(b).endsAt && at(a).endsAt >= at(b).startsAt;

describe('places', () => {
  test.each([
    ['gen.1.1', { startsAt: 1, endsAt: 1 }],
    ['gen.2.3', { startsAt: 1003, endsAt: 1003 }],
    ['gen.1', { startsAt: 0, endsAt: 999 }],
    ['gen', { startsAt: 0, endsAt: 49_999 }],
    ['gen.1.1-3', { startsAt: 1, endsAt: 3 }],
    ['gen.1.31..gen.2.3', { startsAt: 31, endsAt: 1003 }],
    ['a-of-f.1.13', { startsAt: 1_581_013, endsAt: 1_581_013 }],
  ])('%s', (id, place) => expect(at(id)).toEqual(place));

  test.each([
    ['ps.3.0', 'ps.3', true],
    ['ps.3.0', 'ps.3.1', false],
    ['alma.31.38..alma.32.3', 'alma.32', true],
    ['alma.31.38..alma.32.3', 'alma.33', false],
    ['alma', 'alma.63.17', true],
    ['alma', 'hel.1.1', false],
    ['hel', 'alma', false],
  ])('%s and %s overlap: %s', (a, b, expected) => expect(overlap(a, b)).toBe(expected));

  it('keep the order of the canon', () => {
    let last = -1;
    for (let order = 0; order < verseTotal; order += 1) {
      const point = verseAt(order);
      if (!point) throw new Error(`no verse at ${order}`);
      const { startsAt, endsAt } = placeOf({ kind: 'verse', ...point });
      if (startsAt <= last || endsAt !== startsAt) throw new Error(`out of order at ${order}`);
      last = startsAt;
    }
  });

  it('of a range are those of its verses', () => {
    const range = parseId('matt.5.48..matt.6.2');
    const verses = range ? expandReference(range).map(at) : [];
    expect(at('matt.5.48..matt.6.2')).toEqual({
      startsAt: verses[0]?.startsAt,
      endsAt: verses.at(-1)?.endsAt,
    });
  });

  it('begin with their book', () => {
    expect(bookStart(referenceAt('alma.32.21-23', 'path'))).toBe(at('alma').startsAt);
  });
});

it.each(['', 'alma.64', 'Alma 32', 'alma.32.44', 'alma.32.23-21', '__proto__'])(
  'the canon has no %j',
  (id) => {
    expect(() => referenceAt(id, 'body.passage')).toThrow(ProblemError);
  },
);
