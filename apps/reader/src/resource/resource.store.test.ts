import { ApiError, NetworkError } from '@gospelib/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isPassing, retryDelay } from './resource.retry.ts';
import { ResourceStore } from './resource.store.ts';

const offline = new NetworkError('The library could not be reached.', undefined);
const problem = (status: number, retryAfter?: number) =>
  new ApiError({ type: 'x', title: 'x', status }, retryAfter);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('ResourceStore', () => {
  it('loads once for all who look, and tells them', async () => {
    const store = new ResourceStore();
    const load = vi.fn(async () => 'text');
    const [first, second] = [vi.fn(), vi.fn()];
    store.subscribe('a', load, first);
    store.subscribe('a', load, second);
    expect(store.read('a')).toEqual({ status: 'loading' });
    await settle();
    expect(store.read('a')).toEqual({ status: 'ready', value: 'text' });
    expect([load, first, second].map((fn) => fn.mock.calls.length)).toEqual([1, 1, 1]);
  });

  it('answers from memory while fresh, and fetches anew behind an old value', async () => {
    const store = new ResourceStore({ freshFor: 1_000 });
    const load = vi.fn(async () => load.mock.calls.length);
    store.subscribe('a', load, () => {})();
    await settle();
    store.subscribe('a', load, () => {})();
    expect(load).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1_001);
    store.subscribe('a', load, () => {});
    expect(store.read('a')).toEqual({ status: 'ready', value: 1 });
    await settle();
    expect(store.read('a')).toEqual({ status: 'ready', value: 2 });
  });

  it('tries again by itself, more and more slowly, until it succeeds', async () => {
    const store = new ResourceStore();
    let fails = 2;
    const load = vi.fn(async () => {
      if (fails-- > 0) throw offline;
      return 'text';
    });
    store.subscribe('a', load, () => {});
    await settle();
    expect(store.read('a')).toMatchObject({ status: 'failed', retrying: true });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(load).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(load).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(store.read('a')).toEqual({ status: 'ready', value: 'text' });
  });

  it('stops trying when nobody looks, and begins afresh when someone does', async () => {
    const store = new ResourceStore();
    const load = vi.fn(() => Promise.reject(offline));
    const leave = store.subscribe('a', load, () => {});
    await settle();
    leave();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(load).toHaveBeenCalledTimes(1);
    expect(store.read('a')).toEqual({ status: 'loading' });
  });

  it('does not try again what cannot succeed', async () => {
    const store = new ResourceStore();
    const load = vi.fn(() => Promise.reject(problem(404)));
    store.subscribe('a', load, () => {});
    await vi.advanceTimersByTimeAsync(60_000);
    expect(load).toHaveBeenCalledTimes(1);
    expect(store.read('a')).toMatchObject({ status: 'failed', retrying: false });
  });

  it('retries on demand, and all that waits when the network is back', async () => {
    const store = new ResourceStore();
    const failures = [problem(503, 30), offline];
    const load = vi.fn(async () => {
      const failure = failures.shift();
      if (failure) throw failure;
      return 'text';
    });
    store.subscribe('a', load, () => {});
    await settle();
    store.retry('a');
    await settle();
    store.retryAll();
    await settle();
    expect(store.read('a')).toEqual({ status: 'ready', value: 'text' });
  });

  it('fetches anew what was said to be old: what is shown at once, the rest when it is', async () => {
    const store = new ResourceStore();
    const load = vi.fn(async () => load.mock.calls.length);
    const other = vi.fn(async () => 'other');
    store.subscribe('notes a', load, () => {});
    store.prefetch('notes b', other);
    store.prefetch('words', other);
    await settle();
    store.expire('notes ');
    await settle();
    expect(store.read('notes a')).toEqual({ status: 'ready', value: 2 });
    expect(other).toHaveBeenCalledTimes(2);
    store.prefetch('notes b', other);
    store.prefetch('words', other);
    expect(other).toHaveBeenCalledTimes(3);
  });

  it('keeps a value through a failed refresh', async () => {
    const store = new ResourceStore({ freshFor: 0 });
    const answers = ['text'];
    const load = async () => {
      const answer = answers.shift();
      if (answer === undefined) throw offline;
      return answer;
    };
    store.prefetch('a', load);
    await settle();
    store.subscribe('a', load, () => {});
    await settle();
    expect(store.read('a')).toEqual({ status: 'ready', value: 'text' });
  });

  it('drops what was used longest ago, but nothing that is on the page', async () => {
    const store = new ResourceStore({ size: 2 });
    store.subscribe('shown', async () => 1, vi.fn());
    await settle();
    for (const key of ['a', 'b', 'c']) {
      store.prefetch(key, async () => key);
      await settle();
    }
    expect(['shown', 'a', 'b', 'c'].map((key) => store.read(key).status)).toEqual([
      'ready',
      'loading',
      'loading',
      'ready',
    ]);
  });
});

describe('retrying', () => {
  it('waits as long as the server asks, within bounds', () => {
    expect(retryDelay(problem(503, 5), 1)).toBe(5_000);
    expect(retryDelay(problem(503, 9_999), 1)).toBe(30_000);
    expect(retryDelay(offline, 50)).toBe(30_000);
  });

  it.each([
    [offline, true],
    [problem(503), true],
    [problem(429), true],
    [problem(404), false],
    [problem(400), false],
    [new TypeError('a fault of our own'), false],
  ])('%s', (error, passing) => expect(isPassing(error)).toBe(passing));
});
