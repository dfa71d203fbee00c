import { describe, expect, it } from 'vitest';
import { atLeast, atMost, meets, renderTable } from './figure.ts';
import { median, percentile } from './load.ts';
import { confidence } from './mean.confidence.ts';
import { queryMix } from './queries.ts';

describe('percentile', () => {
  const values = Array.from({ length: 100 }, (_, i) => i + 1);
  it.each([
    [0.5, 50],
    [0.99, 99],
    [1, 100],
  ])('%d of 1..100 is %d', (share, value) => {
    expect(percentile(values, share)).toBe(value);
  });
  it('of nothing is an error, not a zero that would pass any target', () => {
    expect(() => percentile([], 0.99)).toThrow(RangeError);
  });
  it('median does not depend on the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });
});

describe('the 95 % interval of a mean', () => {
  it('of -1, 0, 1 is 4.3 standard errors wide to each side', () => {
    const { mean, low, high } = confidence([-1, 0, 1]);
    expect([mean, low, high].map((value) => Number(value.toFixed(2)))).toEqual([0, -2.48, 2.48]);
  });
  it('of one value is an error', () => {
    expect(() => confidence([1])).toThrow(RangeError);
  });
});

describe('a figure', () => {
  it.each([
    [atMost('x', 5, 'ms', 5), true],
    [atMost('x', 5.01, 'ms', 5), false],
    [atLeast('x', 8000, 'req/s', 8000), true],
    [atLeast('x', 7999, 'req/s', 8000), false],
    [{ name: 'x', value: 1, unit: 's' }, undefined],
  ])('%j meets its target: %s', (figure, met) => {
    expect(meets(figure)).toBe(met);
  });
  it('that misses says so in the table', () => {
    expect(renderTable([atMost('slow', 9, 'ms', 5)])).toContain('MISS');
  });
});

describe('the mix of queries', () => {
  const verses = Array.from({ length: 60 }, (_, i) => ({
    reference: `Alma 32:${i + 1}`,
    text: `And now verse number ${i} speaketh concerning faith and the word which groweth like seed${'abcdefghij'[i % 10]}`,
  }));
  it('has as many different queries as asked for, the same ones each time', () => {
    const mix = queryMix(verses, 100);
    expect(new Set(mix).size).toBe(100);
    expect(queryMix(verses, 100)).toEqual(mix);
  });
  it('says when the verses do not yield so many', () => {
    expect(() => queryMix(verses.slice(0, 1), 5000)).toThrow(/distinct queries/);
  });
});
