import { ProblemError } from '@gospelib/service-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';

describe('a cursor', () => {
  it('leads back to its place in its list', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(9_999_999), (list, offset) => {
        expect(decodeCursor(list, encodeCursor(list, offset))).toBe(offset);
      }),
    );
  });

  it('is the beginning when there is none', () => {
    expect(decodeCursor('a', undefined)).toBe(0);
  });

  it('of another list is refused', () => {
    expect(() => decodeCursor('b', encodeCursor('a', 5))).toThrow(ProblemError);
  });

  it('that was made up is refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (typed) => {
        expect(() => decodeCursor('a', typed)).toThrow(
          expect.objectContaining({ code: 'bad-cursor', statusCode: 400 }),
        );
      }),
    );
    const real = encodeCursor('a', 5);
    expect(() => decodeCursor('a', `${real}=`)).toThrow(ProblemError);
    expect(() => decodeCursor('a', `${real}!`)).toThrow(ProblemError);
  });
});

it('pages give every item once', () => {
  const all = Array.from({ length: 23 }, (_, at) => at);
  const seen: number[] = [];
  let offset: number | undefined = 0;
  while (offset !== undefined) {
    const page: ReturnType<typeof pageOf<number>> = pageOf('list', all, offset, 5);
    seen.push(...page.items);
    offset = page.next === undefined ? undefined : decodeCursor('list', page.next);
  }
  expect(seen).toEqual(all);
});
