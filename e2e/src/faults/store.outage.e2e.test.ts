import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, inject, it } from 'vitest';
import { platformAt } from '../platform.ts';

const platform = platformAt(inject('place'));
const url = `${platform.origin}/api/v1/chapters/alma.32`;

interface Answer {
  /** Which of the readers it answered. */
  readonly reader: number;
  readonly askedAt: number;
  readonly status: number;
  readonly retryAfter: string | null;
  readonly type: string | null;
}

const READERS = 8;

/** Reads one chapter over and over on several connections until told to stop. */
function readersOn(address: string): { readonly answers: Answer[]; stop(): Promise<void> } {
  const answers: Answer[] = [];
  let going = true;
  const reader = async (_: unknown, number: number): Promise<void> => {
    while (going) {
      const askedAt = performance.now();
      const response = await fetch(address, { signal: AbortSignal.timeout(60_000) });
      await response.arrayBuffer();
      answers.push({
        reader: number,
        askedAt,
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
        type: response.headers.get('content-type'),
      });
      await sleep(50);
    }
  };
  const readers = Promise.all(Array.from({ length: READERS }, reader));
  return {
    answers,
    async stop() {
      going = false;
      await readers;
    },
  };
}

const ready = async (): Promise<number> => (await fetch(`${platform.origin}/ready`)).status;
const reading = async (): Promise<number | undefined> =>
  (await fetch(url).catch(() => undefined))?.status;
const pidOf = async (name: string): Promise<number> => {
  const { pid } = await platform.process(name);
  if (pid === undefined) throw new Error(`${name} has no process of its own`);
  return pid;
};

/** Unless its supervisor was faster, which kills what hangs and starts it again. */
function goOn(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

describe('FalkorDB goes away under readers', () => {
  it('answers 503 while it hangs, and serves by itself when it is back', async () => {
    const pid = await pidOf('falkordb');
    const readers = readersOn(url);
    const { answers } = readers;
    await expect.poll(() => answers.length).toBeGreaterThan(20);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    process.kill(pid, 'SIGSTOP');
    let away: readonly Answer[] = [];
    try {
      await expect.poll(ready).toBe(503);
      const known = performance.now();
      const since = () => answers.filter(({ askedAt }) => askedAt > known);
      // No reader waits until it is back.
      await expect.poll(() => new Set(since().map(({ reader }) => reader)).size).toBe(READERS);
      away = since();
    } finally {
      goOn(pid);
    }
    await expect.poll(ready).toBe(200);
    await expect.poll(() => answers.at(-1)?.status).toBe(200);
    await readers.stop();

    expect(new Set(away.map(({ status }) => status))).toEqual(new Set([503]));
    expect(away.every(({ retryAfter }) => retryAfter !== null)).toBe(true);
    expect(away.every(({ type }) => type?.includes('problem+json'))).toBe(true);
    expect(answers.at(-1)?.status).toBe(200);
  });

  it.each(['falkordb', 'content', 'gateway', 'redis'])(
    '%s killed: it is started again and reading goes on',
    async (name) => {
      const pid = await pidOf(name);
      process.kill(pid, 'SIGKILL');
      const successor = async () => {
        const found = await platform.process(name).catch(() => undefined);
        return found?.pid !== undefined && found.pid !== pid;
      };
      await expect.poll(successor).toBe(true);
      await expect.poll(reading).toBe(200);
      const chapter = (await (await fetch(url)).json()) as { verses: unknown[] };
      expect(chapter.verses).toHaveLength(43);
    },
  );
});
