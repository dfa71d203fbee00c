import { expect, it } from 'vitest';
import { acrossRounds, costOf } from './processor.cost.ts';

/** Seeded, so that a test that passes passes always (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Five rounds on a machine where other work makes a turn up to three times as expensive, never cheaper. */
function rounds(cost: Readonly<Record<string, number>>, seed: number) {
  const next = random(seed);
  return Array.from({ length: 5 }, () => {
    const turns = (own: number) => Array.from({ length: 200 }, () => own * (1 + 2 * next() ** 2));
    return new Map(Object.entries(cost).map(([name, own]) => [name, turns(own)]));
  });
}

const share = (seed: number, without: number) =>
  acrossRounds(
    rounds({ whole: 80, without }, seed),
    (turns) => (1 - costOf(turns, 'without') / costOf(turns, 'whole')) * 100,
  );

it.each([1, 2, 3, 4, 5])('a duty of 10 % is told from none on a busy machine (%d)', (seed) => {
  const none = share(seed, 80);
  expect(none.low).toBeLessThanOrEqual(0);
  expect(none.high).toBeGreaterThanOrEqual(0);
  const planted = share(seed, 72);
  expect(planted.low).toBeGreaterThan(none.high);
  expect(Math.abs(planted.value - 10)).toBeLessThan(1);
});

it('of nothing measured there is no cost', () => {
  expect(() => costOf(new Map(), 'whole')).toThrow(RangeError);
});
