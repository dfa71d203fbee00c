import { describe, expect, it } from 'vitest';
import { bearerToken } from './bearer.ts';

describe('bearerToken', () => {
  it.each([
    ['Bearer a.b.c', 'a.b.c'],
    ['bearer  a-_1.b.c ', 'a-_1.b.c'],
  ])('takes %j', (header, token) => {
    expect(bearerToken(header)).toBe(token);
  });

  it.each([
    [undefined],
    [''],
    ['Bearer'],
    ['Bearer '],
    ['Basic a.b.c'],
    ['a.b.c'],
    ['Bearer a.b'],
    ['Bearer a.b.'],
    ['Bearer a.b.c.d'],
    ['Bearer a.b.c, Bearer d.e.f'],
    ['Bearer a.b.c\u0000'],
    [`Bearer a.b.${'c'.repeat(5000)}`],
  ])('finds none in %j', (header) => {
    expect(bearerToken(header)).toBeUndefined();
  });
});
