import { ProblemError } from '@gospelib/service-kit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Corpus } from './corpus.ts';
import { CorpusWatch } from './corpus.watch.ts';

const POLL = 10;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
let active: string | undefined | Error;
let answering: Promise<void> | undefined;
let loads: string[];
let loading: PromiseWithResolvers<void> | undefined;
let watch: CorpusWatch;

beforeEach(async () => {
  vi.useFakeTimers();
  active = undefined;
  answering = undefined;
  loads = [];
  loading = undefined;
  watch = new CorpusWatch({
    activeVersion: async () => {
      await answering;
      if (active instanceof Error) throw active;
      return active;
    },
    load: async (version) => {
      loads.push(version);
      await loading?.promise;
      return { version, search: { buildMs: 1, index: {} } } as unknown as Corpus;
    },
    pollMs: POLL,
    log: quiet,
  });
});

afterEach(() => {
  watch.close();
  vi.useRealTimers();
});

const poll = () => vi.advanceTimersByTimeAsync(POLL);
function standing(): string {
  try {
    return watch.current().version;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    expect(error.statusCode).toBe(503);
    expect(error.extras.retryAfter).toBeGreaterThan(0);
    return error.code;
  }
}

describe('the watch', () => {
  it('says that there is no corpus, and serves one once it is active', async () => {
    await watch.start();
    expect(standing()).toBe('no-corpus');
    active = 'a';
    await poll();
    expect(standing()).toBe('a');
    active = undefined;
    await poll();
    expect(standing()).toBe('no-corpus');
  });

  it('serves the old version until the new one is loaded whole', async () => {
    active = 'a';
    await watch.start();
    await poll();
    loading = Promise.withResolvers();
    active = 'b';
    await poll();
    await poll();
    expect(loads).toEqual(['a', 'b']);
    expect(standing()).toBe('a');
    loading.resolve();
    await poll();
    expect(standing()).toBe('b');
  });

  it('serves nothing while the store is away, and the same corpus when it is back', async () => {
    active = 'a';
    await watch.start();
    await poll();
    active = new Error('connection lost');
    await poll();
    expect(standing()).toBe('store-unavailable');
    active = 'a';
    await poll();
    expect(standing()).toBe('a');
    expect(loads).toEqual(['a']);
  });

  it('does not wait for a store that hangs', async () => {
    active = 'a';
    await watch.start();
    await poll();
    answering = new Promise(() => undefined);
    await vi.advanceTimersByTimeAsync(POLL + 490);
    expect(standing()).toBe('a');
    await vi.advanceTimersByTimeAsync(20);
    expect(standing()).toBe('store-unavailable');
    answering = undefined;
    await poll();
    expect(standing()).toBe('a');
  });

  it('tries again when a version could not be loaded', async () => {
    active = 'a';
    loading = Promise.withResolvers();
    loading.reject(new Error('no manifest'));
    await watch.start();
    await poll();
    expect(standing()).toBe('store-unavailable');
    loading = undefined;
    await vi.advanceTimersByTimeAsync(1100);
    expect(standing()).toBe('a');
    expect(loads).toEqual(['a', 'a']);
  });

  it('never serves what was loaded while the store went away', async () => {
    active = 'a';
    loading = Promise.withResolvers();
    await watch.start();
    active = new Error('connection lost');
    await poll();
    loading.resolve();
    await poll();
    expect(standing()).toBe('store-unavailable');
  });
});
