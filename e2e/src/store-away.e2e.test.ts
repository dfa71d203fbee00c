import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, inject, it } from 'vitest';
import { platformAt } from './platform.ts';

const platform = platformAt(inject('place'));
const url = `${platform.origin}/api/v1/chapters/alma.32`;

interface Answer {
  readonly at: number;
  readonly status: number;
  readonly milliseconds: number;
  readonly retryAfter: string | null;
  readonly type: string | null;
}

/** Reads one chapter over and over on several connections until told to stop. */
function readersOn(address: string): { readonly answers: Answer[]; stop(): Promise<void> } {
  const answers: Answer[] = [];
  let going = true;
  const reader = async (): Promise<void> => {
    while (going) {
      const start = performance.now();
      const response = await fetch(address, { signal: AbortSignal.timeout(10_000) });
      await response.arrayBuffer();
      answers.push({
        at: start,
        status: response.status,
        milliseconds: performance.now() - start,
        retryAfter: response.headers.get('retry-after'),
        type: response.headers.get('content-type'),
      });
      await sleep(10);
    }
  };
  const readers = Promise.all(Array.from({ length: 8 }, reader));
  return {
    answers,
    async stop() {
      going = false;
      await readers;
    },
  };
}

async function until(
  what: string,
  condition: () => Promise<boolean>,
  limit = 15_000,
): Promise<number> {
  const start = performance.now();
  while (!(await condition())) {
    if (performance.now() - start > limit) throw new Error(`${what} did not happen in ${limit} ms`);
    await sleep(50);
  }
  return performance.now() - start;
}

const ready = async (): Promise<boolean> =>
  (await fetch(`${platform.origin}/ready`)).status === 200;
const pidOf = async (name: string): Promise<number> => {
  const { pid } = await platform.part(name);
  if (pid === undefined) throw new Error(`${name} has no process of its own`);
  return pid;
};

describe('FalkorDB goes away under readers', () => {
  it('answers 503 within a second while it hangs, and serves by itself when it is back', async () => {
    const pid = await pidOf('falkordb');
    const readers = readersOn(url);
    await sleep(500);
    const stopped = performance.now();
    process.kill(pid, 'SIGSTOP');
    try {
      await until('ready going false', async () => !(await ready()));
      await sleep(2000);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    const continued = performance.now();
    await until('ready coming back', ready);
    await sleep(500);
    await readers.stop();

    const before = readers.answers.filter(({ at }) => at < stopped);
    expect(before.length).toBeGreaterThan(20);
    expect(before.every(({ status }) => status === 200)).toBe(true);
    const away = readers.answers.filter(({ at }) => at > stopped + 1500 && at < continued - 100);
    expect(away.length).toBeGreaterThan(10);
    expect(new Set(away.map(({ status }) => status))).toEqual(new Set([503]));
    expect(away.every(({ retryAfter }) => retryAfter !== null)).toBe(true);
    expect(away.every(({ type }) => type?.includes('problem+json'))).toBe(true);
    expect(Math.max(...readers.answers.map(({ milliseconds }) => milliseconds))).toBeLessThan(1500);
    expect(readers.answers.at(-1)?.status).toBe(200);
  });

  it.each(['falkordb', 'content', 'gateway', 'redis'])(
    '%s killed: it is started again and reading goes on',
    async (name) => {
      const pid = await pidOf(name);
      process.kill(pid, 'SIGKILL');
      await until(`a new ${name}`, async () => {
        const part = await platform.part(name).catch(() => undefined);
        return part?.pid !== undefined && part.pid !== pid;
      });
      await until('reading', async () => (await fetch(url).catch(() => undefined))?.status === 200);
      const chapter = (await (await fetch(url)).json()) as { verses: unknown[] };
      expect(chapter.verses).toHaveLength(43);
    },
  );
});
