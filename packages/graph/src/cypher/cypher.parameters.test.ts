import { describe, expect, it } from 'vitest';
import { encodeParameters } from './cypher.parameters.ts';

describe('encodeParameters', () => {
  it('writes values as literals before the query', () => {
    const text = encodeParameters({ id: 'gen.1.1', limit: 20, exact: true, none: null });
    expect(text).toBe('CYPHER id="gen.1.1" limit=20 exact=true none=null ');
  });

  it('writes nothing without parameters', () => {
    expect(encodeParameters({})).toBe('');
  });

  it.each([
    ['a quote', '" RETURN 1 //', '"\\" RETURN 1 //"'],
    ['a backslash before the end', 'a\\', '"a\\\\"'],
    ['a backslash and a quote', '\\"', '"\\\\\\""'],
    ['a NUL', 'a\0b', '"a\uFFFDb"'],
    ['half a surrogate pair', '\uD800', '"\uFFFD"'],
  ])('keeps %s inside its literal', (_, value, literal) => {
    expect(encodeParameters({ value })).toBe(`CYPHER value=${literal} `);
  });

  it('writes lists', () => {
    expect(encodeParameters({ ids: ['a"', 1, [null]] })).toBe('CYPHER ids=["a\\"",1,[null]] ');
  });

  it.each(['', 'a b', 'a=1 b', 'Id', '$x', 'x"'])('refuses the name %j', (name) => {
    expect(() => encodeParameters({ [name]: 1 })).toThrow(RangeError);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses the number %s', (value) => {
    expect(() => encodeParameters({ value })).toThrow(RangeError);
  });
});
