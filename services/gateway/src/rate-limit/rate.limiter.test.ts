import { beforeEach, describe, expect, it } from 'vitest';
import { RateLimiter, type SharedCounts } from './rate.limiter.ts';

const minute = 60_000;
/** The first moment of a window. */
const start = 1000 * minute;
let now: number;

/** Counts like a store; `away` simulates an outage, `refuse` one in the middle. */
class MemoryCounts implements SharedCounts {
  readonly counts = new Map<string, number>();
  away = false;
  refuse = false;

  get available(): boolean {
    return !this.away;
  }

  async add(key: string, window: number, points: number) {
    if (this.refuse) throw new Error('connection lost');
    const current = (this.counts.get(`${window}:${key}`) ?? 0) + points;
    this.counts.set(`${window}:${key}`, current);
    return { current, previous: this.counts.get(`${window - 1}:${key}`) ?? 0 };
  }
}

let shared: MemoryCounts;
const limiter = (limit: number): RateLimiter =>
  new RateLimiter({ limit, windowMs: minute, shared, now: () => now });

function takeMany(one: RateLimiter, times: number, key = 'a'): number {
  let allowed = 0;
  for (let i = 0; i < times; i += 1) if (one.take(key).allowed) allowed += 1;
  return allowed;
}

beforeEach(() => {
  now = start;
  shared = new MemoryCounts();
});

describe('RateLimiter', () => {
  it('allows the limit and no more, for each key by itself', () => {
    const one = limiter(10);
    expect(takeMany(one, 15)).toBe(10);
    expect(takeMany(one, 15, 'b')).toBe(10);
  });

  it('says what is left and when more will be', () => {
    const one = limiter(10);
    expect(one.take('a')).toMatchObject({ allowed: true, remaining: 9, resetSeconds: 60 });
    takeMany(one, 9);
    now += 15_000;
    const refused = one.take('a');
    expect(refused).toMatchObject({ allowed: false, remaining: 0, resetSeconds: 45 });
    now += refused.retryAfterSeconds * 1000;
    expect(one.take('a').allowed).toBe(true);
  });

  it('never waits longer than it says, wherever in the window and however full', () => {
    for (const [before, within, at] of [
      [10, 0, 0],
      [10, 3, 20_000],
      [4, 10, 59_000],
      [10, 10, 30_000],
      [1, 10, 1],
    ] as const) {
      now = start;
      const one = limiter(10);
      takeMany(one, before);
      now += minute + at;
      takeMany(one, within);
      const verdict = one.take('a');
      if (verdict.allowed) continue;
      now += verdict.retryAfterSeconds * 1000;
      expect(one.take('a').allowed).toBe(true);
    }
  });

  it('weighs a request by what it costs, and never by more than the limit', () => {
    const one = limiter(10);
    expect(one.take('a', 7)).toMatchObject({ allowed: true, remaining: 3 });
    const refused = one.take('a', 4);
    expect(refused).toMatchObject({ allowed: false, remaining: 3 });
    expect(takeMany(one, 5)).toBe(3);
    expect(one.take('b', 100)).toMatchObject({ allowed: true, remaining: 0 });
    now += one.take('a', 4).retryAfterSeconds * 1000;
    expect(one.take('a', 4).allowed).toBe(true);
  });

  it('slides: no double burst at the border of two windows', () => {
    const one = limiter(100);
    now = start + minute - 1;
    expect(takeMany(one, 100)).toBe(100);
    now = start + minute + 1;
    expect(takeMany(one, 100)).toBeLessThanOrEqual(1);
    now = start + minute + 30_000;
    expect(takeMany(one, 100)).toBeGreaterThanOrEqual(49);
    now = start + 3 * minute;
    expect(takeMany(one, 100)).toBe(100);
  });

  it('shares counts with other gateways at each flush', async () => {
    const [one, two] = [limiter(10), limiter(10)];
    takeMany(one, 6);
    await one.flush();
    takeMany(two, 1);
    await two.flush();
    expect(takeMany(two, 10)).toBe(3);
  });

  it('learns what others counted in the window before', async () => {
    const one = limiter(10);
    takeMany(one, 10);
    await one.flush();
    now += minute;
    const two = limiter(10);
    two.take('a');
    await two.flush();
    expect(two.take('a').allowed).toBe(false);
  });

  it('limits by itself while the store is away, and loses nothing when it comes back', async () => {
    const one = limiter(10);
    shared.away = true;
    expect(takeMany(one, 6)).toBe(6);
    await one.flush();
    shared.away = false;
    shared.refuse = true;
    await one.flush();
    expect(takeMany(one, 10)).toBe(4);
    shared.refuse = false;
    await one.flush();
    expect([...shared.counts.values()]).toEqual([10]);
  });

  it('goes on counting while an answer of the store is outstanding', async () => {
    const hanging = Promise.withResolvers<{ current: number; previous: number }>();
    const one = new RateLimiter({
      limit: 10,
      windowMs: minute,
      shared: { available: true, add: () => hanging.promise },
      now: () => now,
    });
    takeMany(one, 4);
    const flushed = one.flush();
    expect(takeMany(one, 10)).toBe(6);
    hanging.resolve({ current: 4, previous: 0 });
    await flushed;
    expect(one.take('a').allowed).toBe(false);
  });

  it('stays within bounds under many addresses', () => {
    const one = limiter(1);
    for (let i = 0; i < 150_000; i += 1) one.take(`k${i}`);
    expect(one.size).toBeLessThanOrEqual(100_000);
    expect(one.take('k149999').allowed).toBe(false);
  });
});
