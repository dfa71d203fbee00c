import type { Verdict } from '@gospelib/graph';
import { ProblemError } from '@gospelib/service-kit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServedCorpus as Corpus } from './corpus.ts';
import { CorpusWatch } from './corpus.watch.ts';

const POLL = 10;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
let active: string | undefined | Error;
let activation: string;
let quarantined: boolean;
let fallbacks: Corpus[];
let verdict: Verdict | undefined;
let unloadable: string;
let answering: Promise<void> | undefined;
let loads: string[];
let loading: PromiseWithResolvers<void> | undefined;
let watch: CorpusWatch;

beforeEach(async () => {
  vi.useFakeTimers();
  active = undefined;
  answering = undefined;
  activation = '1';
  quarantined = false;
  fallbacks = [];
  verdict = undefined;
  unloadable = '';
  loads = [];
  loading = undefined;
  watch = new CorpusWatch({
    pointer: async () => {
      await answering;
      if (active instanceof Error) throw active;
      if (active === undefined) return undefined;
      return { version: active, activation, ...(quarantined && { quarantined: true as const }) };
    },
    load: async (pointer) => {
      loads.push(pointer.version);
      await loading?.promise;
      if (pointer.version === unloadable) throw new Error('There is no such graph.');
      return corpusOf(pointer.version, pointer.activation);
    },
    verdict: async () => {
      if (active instanceof Error) throw active;
      return verdict;
    },
    fallback: async () => {
      await loading?.promise;
      return fallbacks.shift();
    },
    pollMs: POLL,
    log: quiet,
  });
});

afterEach(() => {
  watch.close();
  vi.useRealTimers();
});

const corpusOf = (version: string, activation?: string) =>
  ({
    version,
    activation,
    key: `gospelib:${version}`,
    whole: Promise.resolve({ search: { buildMs: 1, index: {} } }),
  }) as unknown as Corpus;
const quarantine = (): Corpus => {
  const corpus = watch.current();
  watch.quarantine(corpus);
  return corpus;
};
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

  it.each([
    ['refuses', () => (active = new Error('connection lost'))],
    ['hangs', () => (answering = new Promise(() => undefined))],
  ])('serves nothing while the store %s, and the same corpus after it', async (_how, goAway) => {
    active = 'a';
    await watch.start();
    await poll();
    goAway();
    await vi.advanceTimersByTimeAsync(4000);
    expect(standing()).toBe('a');
    await vi.advanceTimersByTimeAsync(2000);
    expect(standing()).toBe('store-unavailable');
    active = 'a';
    answering = undefined;
    await vi.advanceTimersByTimeAsync(500 + POLL);
    expect(standing()).toBe('a');
    expect(loads).toEqual(['a']);
  });

  it('serves what was active while the store is busy, for some seconds from its last answer', async () => {
    active = 'a';
    await watch.start();
    await poll();
    for (let pause = 0; pause < 3; pause += 1) {
      answering = new Promise(() => undefined);
      await vi.advanceTimersByTimeAsync(4000);
      expect(standing()).toBe('a');
      watch.assertReady();
      answering = undefined;
      await vi.advanceTimersByTimeAsync(500 + POLL);
    }
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

describe('a damaged graph', () => {
  beforeEach(async () => {
    active = 'a';
    await watch.start();
    await poll();
  });

  it('is not served from the moment that it is known, and a sound fallback is served', async () => {
    fallbacks = [corpusOf('b')];
    loading = Promise.withResolvers();
    const damaged = quarantine();
    expect(standing()).toBe('corpus-damaged');
    expect(watch.isQuarantined(damaged)).toBe(true);
    const decided = watch.replacing;
    loading.resolve();
    await decided;
    expect(standing()).toBe('b');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(standing()).toBe('b');
    expect(loads).toEqual(['a']);
  });

  it('is not served when there is no fallback, which is looked for again', async () => {
    quarantine();
    await poll();
    expect(standing()).toBe('corpus-damaged');
    watch.assertReady();
    fallbacks = [corpusOf('b')];
    await vi.advanceTimersByTimeAsync(1_100);
    expect(standing()).toBe('b');
  });

  it('gives way to the repaired one, which bears the same version', async () => {
    fallbacks = [corpusOf('a')];
    quarantine();
    await poll();
    const fallback = watch.current();
    activation = '2';
    await poll();
    expect(watch.current()).not.toBe(fallback);
    expect(watch.current().activation).toBe('2');
    expect(loads).toEqual(['a', 'a']);
  });

  it('is found in what is served while the pointer has moved to the very same graph', async () => {
    loading = Promise.withResolvers();
    activation = '2';
    await poll();
    fallbacks = [corpusOf('b')];
    quarantine();
    loading.resolve();
    await poll();
    expect(standing()).toBe('b');
  });

  it('that was a fallback itself gives way to another', async () => {
    fallbacks = [corpusOf('b'), corpusOf('c')];
    quarantine();
    await poll();
    expect(standing()).toBe('b');
    quarantine();
    await poll();
    expect(standing()).toBe('c');
  });
});

describe('a graph that somebody else quarantined', () => {
  it('is left with the next poll for a fallback, and served again once it is repaired', async () => {
    active = 'a';
    await watch.start();
    const damaged = watch.current();
    fallbacks = [corpusOf('before')];
    quarantined = true;
    await poll();
    expect(watch.isQuarantined(damaged)).toBe(true);
    await poll();
    expect(standing()).toBe('before');
    quarantined = false;
    activation = '2';
    await poll();
    await poll();
    expect(standing()).toBe('a');
    expect(watch.current()).not.toBe(damaged);
  });

  it('is left, too, while what the pointer names anew is the same graph and is being loaded', async () => {
    active = 'a';
    await watch.start();
    await poll();
    loading = Promise.withResolvers();
    activation = '2';
    await poll();
    fallbacks = [corpusOf('before')];
    quarantined = true;
    await poll();
    loading.resolve();
    await poll();
    expect(standing()).toBe('before');
  });

  it('is not loaded by a service that has just started', async () => {
    active = 'a';
    quarantined = true;
    fallbacks = [corpusOf('before')];
    await watch.start();
    await poll();
    expect([standing(), loads]).toEqual(['before', []]);
  });
});

describe('a fallback that the auditor examines', () => {
  const told = (id: string, sound: boolean): Verdict => {
    return { id, sound, activation, sinceQuarantine: true };
  };
  beforeEach(async () => {
    active = 'a';
    await watch.start();
    fallbacks = [{ ...corpusOf('b'), verdict: 'before' }, corpusOf('c')];
    quarantined = true;
    await poll();
    await poll();
    expect(standing()).toBe('b');
  });

  it('is left for another one as soon as it is told to be damaged', async () => {
    verdict = told('new', false);
    await poll();
    verdict = undefined;
    await poll();
    expect(standing()).toBe('c');
  });

  it('stays when it is told to be sound', async () => {
    verdict = told('new', true);
    await vi.advanceTimersByTimeAsync(100);
    expect(standing()).toBe('b');
  });

  it('stays when the verdict is older than its own verification, or of another activation', async () => {
    verdict = told('before', false);
    await vi.advanceTimersByTimeAsync(100);
    verdict = { ...told('new', false), activation: 'earlier' };
    await vi.advanceTimersByTimeAsync(100);
    expect(standing()).toBe('b');
  });
});

describe('a pointer to nowhere', () => {
  beforeEach(() => {
    active = 'nowhere';
  });

  it('at the start makes a fallback serve, until it leads somewhere', async () => {
    unloadable = 'nowhere';
    fallbacks = [corpusOf('b')];
    await watch.start();
    await poll();
    expect(standing()).toBe('b');
    unloadable = '';
    await vi.advanceTimersByTimeAsync(1_100);
    expect(standing()).toBe('nowhere');
  });

  it('leaves served what is served', async () => {
    active = 'a';
    await watch.start();
    await poll();
    active = unloadable = 'nowhere';
    activation = '2';
    await vi.advanceTimersByTimeAsync(3_000);
    expect(standing()).toBe('a');
  });
});

describe('what is loaded after the chapters', () => {
  let whole: PromiseWithResolvers<Awaited<Corpus['whole']>>;
  const early = (version: string): Corpus => ({
    ...corpusOf(version, activation),
    whole: whole.promise,
  });
  const prepared = { search: { buildMs: 1, index: {} } } as unknown as Awaited<Corpus['whole']>;
  const watching = (load: () => Promise<Corpus>) =>
    new CorpusWatch({
      pointer: async () => ({ version: active as string, activation }),
      verdict: async () => undefined,
      fallback: async () => undefined,
      ...{ load, pollMs: POLL, log: quiet },
    });
  beforeEach(() => {
    watch.close();
    whole = Promise.withResolvers();
    whole.promise.catch(() => undefined);
    active = 'a';
  });

  it('is not waited for after a start, but readiness tells it', async () => {
    watch = watching(async () => early('a'));
    await watch.start();
    expect(watch.current().version).toBe('a');
    expect(() => watch.assertReady()).toThrow('search');
    whole.resolve(prepared);
    await vi.advanceTimersByTimeAsync(0);
    expect(() => watch.assertReady()).not.toThrow();
  });

  it('is waited for while another corpus is served', async () => {
    watch = watching(async () => (active === 'a' ? corpusOf('a', activation) : early('b')));
    await watch.start();
    await vi.advanceTimersByTimeAsync(0);
    [active, activation] = ['b', '2'];
    await vi.advanceTimersByTimeAsync(3 * POLL);
    expect(watch.current().version).toBe('a');
    whole.resolve(prepared);
    await vi.advanceTimersByTimeAsync(POLL);
    expect(watch.current().version).toBe('b');
  });

  it('that cannot be loaded is loaded again, and nothing is served meanwhile', async () => {
    watch = watching(async () => early('a'));
    await watch.start();
    whole.reject(new Error('The verse gen.1.1 is of an unknown book.'));
    await vi.advanceTimersByTimeAsync(POLL);
    expect(() => watch.current()).toThrow(ProblemError);
    whole = Promise.withResolvers();
    await vi.advanceTimersByTimeAsync(1500);
    expect(watch.current().version).toBe('a');
  });
});
