import { connectDatabase, type Database } from '@gospelib/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodPassword, type Harness, startHarness } from '../test/harness.ts';

let harness: Harness;
let database: Database;
const known = 'esther@example.org';
const rounds = 12;

beforeAll(async () => {
  harness = await startHarness();
  await harness.signedIn(known);
  database = connectDatabase({
    url: harness.config.DATABASE_URL,
    schema: 'accounts',
    application: 'test',
  });
});
afterAll(async () => {
  await database.close();
  await harness.close();
});

interface Trial {
  /** What is told, but for what differs with every request. */
  told: unknown;
  milliseconds: number;
}

let place = 0;

async function trial(url: string, body: object): Promise<Trial> {
  const start = performance.now();
  // Each from an address of its own, so that no limit is met.
  const answer = await harness.browser(`10.9.${place >> 8}.${place++ & 255}`).post(url, body);
  const milliseconds = performance.now() - start;
  const { requestId: _, ...rest } = answer.body;
  const headers = Object.keys(answer.headers).sort();
  return { told: { status: answer.status, body: rest, headers }, milliseconds };
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

describe.each([
  ['/api/v1/auth/sign-in/email', { password: 'a wrong password' }],
  ['/api/v1/auth/sign-up/email', { password: goodPassword, name: 'Somebody' }],
  ['/api/v1/auth/request-password-reset', {}],
  ['/api/v1/auth/send-verification-email', {}],
])('%s', (url, body) => {
  it('answers alike, and in the same time, for an address that is known and one that is not', async () => {
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let n = 0; n < rounds; n++) {
      await database.query('test', 'DELETE FROM throttles');
      const one = await trial(url, { ...body, email: known });
      const other = await trial(url, { ...body, email: `unknown-${url.length}-${n}@example.org` });
      expect(one.told).toEqual(other.told);
      times.known.push(one.milliseconds);
      times.unknown.push(other.milliseconds);
    }
    const difference = Math.abs(median(times.known) - median(times.unknown));
    expect(difference).toBeLessThan(0.4 * median(times.unknown));
  });
});
