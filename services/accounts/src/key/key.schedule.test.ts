import { describe, expect, it } from 'vitest';
import { nextActivation, retiredKeys, signingKeyAt } from './key.schedule.ts';

const schedule = { rotateAfter: 1000, lead: 100, grace: 50 };
const keys = (...times: number[]) =>
  times.map((time) => ({ id: `k${time}`, activatesAt: new Date(time) }));

describe('the key that signs', () => {
  it.each([
    [[], 5, undefined],
    [[0], 0, 'k0'],
    [[0, 1000], 999, 'k0'],
    [[0, 1000], 1000, 'k1000'],
    [[0, 1000, 2000], 1500, 'k1000'],
  ])('of %j at %i is %s', (times, now, id) => {
    expect(signingKeyAt(keys(...times), now)?.id).toBe(id);
  });
});

describe('the next key', () => {
  it.each([
    ['is active at once when there is none', [], 7, 7],
    ['is not yet needed', [0], 899, undefined],
    ['is published ahead of its time', [0], 900, 1000],
    ['is published ahead even when it is overdue', [0], 5000, 5100],
    ['is there already', [0, 1000], 950, undefined],
    ['is active at once when the only one does not sign yet', [1000], 950, 950],
  ])('%s', (_what, times, now, expected) => {
    expect(nextActivation(keys(...times), now, schedule)).toBe(expected);
  });
});

describe('keys that can go', () => {
  it.each([
    [[0], 9999, []],
    [[0, 1000], 1049, []],
    [[0, 1000], 1050, ['k0']],
    [[0, 1000, 2000], 2050, ['k0', 'k1000']],
  ])('of %j at %i are %j', (times, now, ids) => {
    expect(retiredKeys(keys(...times), now, schedule)).toEqual(ids);
  });
});
