import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { platform as catalogue, serviceNames } from '@gospelib/platform';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Account, openAccount } from '../account.ts';
import { platformAt } from '../platform.ts';

const platform = platformAt(inject('place'));
const services = serviceNames(catalogue);

let writer: Account;

beforeAll(async () => {
  writer = await openAccount(inject('place'));
});
afterAll(async () => {
  for (const { name } of (await json<{ retained: { name: string }[] }>('db', 'retained', '--json'))
    .retained) {
    await platform.gl('db', 'retained', 'drop', name, '--accept-data-loss');
  }
});

async function json<T>(...args: string[]): Promise<T> {
  return JSON.parse(await platform.gl(...args)) as T;
}

async function write(body: string): Promise<void> {
  const { status, text } = await writer.ask('/api/v1/study/notes', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ passage: 'alma.32.21', body }),
  });
  if (status !== 201) throw new Error(`the note was answered ${status}: ${text}`);
}

async function notes(): Promise<string[]> {
  const { status, text } = await writer.ask('/api/v1/study/notes');
  if (status !== 200) throw new Error(`the notes were answered ${status}: ${text}`);
  const { items } = JSON.parse(text) as { items: { body: string }[] };
  return items.map(({ body }) => body).sort();
}

/** Reads the notes until told to stop; answers each status with what it said. */
function keepReading() {
  const answers: { status: number; retryAfter: unknown }[] = [];
  let going = true;
  const reading = (async () => {
    while (going) {
      const { status, headers } = await writer.ask('/api/v1/study/notes', { once: true });
      answers.push({ status, retryAfter: headers['retry-after'] });
      await sleep(10);
    }
  })();
  return {
    answers,
    stop: async () => {
      going = false;
      await reading;
    },
  };
}

const processes = async () =>
  (await platform.status()).processes
    .filter(({ name }) => services.includes(name))
    .map(({ pid }) => pid);

describe('the database of a running platform', () => {
  it('stands where this release wants it', async () => {
    const { schemas } = await json<{ schemas: { schema: string; pending: number }[] }>(
      'db',
      'status',
      '--json',
    );
    expect(schemas).toMatchObject([
      { schema: 'accounts', pending: 0 },
      { schema: 'study', pending: 0 },
    ]);
    const { runs } = await json<{ runs: { migrations: string[] }[] }>('db', 'migrate', '--json');
    expect(runs.flatMap(({ migrations }) => migrations)).toEqual([]);
  });

  it('is backed up, restored under its readers, and brought back to what stood there', async () => {
    await write('kept');
    const backup = await json<{ id: string; verified?: object; content: { rows: number } }>(
      ...['db', 'backup', '--json'],
    );
    expect(backup.verified).toBeDefined();
    expect(backup.content.rows).toBeGreaterThan(2);
    await write('written later');

    // Nobody is at a terminal, so it is refused, with what it would lose.
    await expect(platform.gl('db', 'restore', backup.id)).rejects.toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/study\.notes[\s\S]*nothing was changed/),
    });
    expect(await notes()).toEqual(['kept', 'written later']);

    const before = await processes();
    const reading = keepReading();
    const restored = await json<{ retained: string; pending: unknown[] }>(
      ...['db', 'restore', backup.id, '--accept-data-loss', '--json'],
    );
    expect(restored.pending).toEqual([]);
    // Still signed in, and nothing was started again.
    expect(await notes()).toEqual(['kept']);
    await expect.poll(() => reading.answers.length).toBeGreaterThan(10);
    await reading.stop();
    const { answers } = reading;
    expect(answers.at(-1)?.status).toBe(200);
    const failed = answers.filter(({ status }) => status !== 200);
    expect(failed.filter(({ status, retryAfter }) => status !== 503 || !retryAfter)).toEqual([]);
    expect(await processes()).toEqual(before);

    await platform.gl('db', 'retained', 'reinstate', restored.retained, '--accept-data-loss');
    expect(await notes()).toEqual(['kept', 'written later']);
    await write('and it goes on');
    expect(await notes()).toHaveLength(3);
  });
});
