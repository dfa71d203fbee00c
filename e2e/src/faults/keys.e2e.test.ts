import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeProtectedHeader } from 'jose';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Account, openAccounts } from '../account.ts';
import { type Answer, ask } from '../http.client.ts';
import { ownOrigin } from '../isolation/routes.ts';
import { withOwner } from '../owner.database.ts';
import { platformAt } from '../platform.ts';
import { readSigningKey, signWith } from '../signing.key.ts';

const place = inject('place');
const platform = platformAt(place);
const { origin } = platform;
const notes = '/api/v1/study/notes';

interface Readers {
  /** Requests so far, and of them those that were not answered well. */
  requests: number;
  failures: string[];
  /** Answers of 401 that a new token made good at once. */
  renewed: number;
  /** Keys that signed the tokens they were given. */
  readonly kids: Set<string>;
  /** Each reader's present one. */
  readonly present: Map<Account, string>;
  /** Tokens they were given. */
  tokens: number;
  stop(): Promise<void>;
}

let accounts: Account[];
let readers: Readers;

beforeAll(async () => {
  accounts = await openAccounts(place, 3);
});
afterEach(() => readers.stop());

/** Read and write five times a second each; a token is renewed every second, or when it is refused, where that is allowed. */
function startReaders(mayRenew: boolean): Readers {
  const state = {
    ...{ requests: 0, renewed: 0, tokens: 0, failures: [] as string[] },
    ...{ kids: new Set<string>(), present: new Map<Account, string>() },
  };
  let going = true;
  const once = async (account: Account, method: string, path: string): Promise<Answer> => {
    state.requests += 1;
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const body = method === 'POST' ? { headers, body: '{"body":"faith"}' } : {};
    return account.ask(path, { method, ...body });
  };
  const read = async (account: Account): Promise<void> => {
    for (let round = 0; going; round += 1) {
      if (round % 5 === 0) {
        account.dropToken();
        state.tokens += 1;
      }
      const { kid = '' } = decodeProtectedHeader(await account.token());
      state.kids.add(kid);
      state.present.set(account, kid);
      for (const [method, path] of [
        ['GET', notes],
        ['POST', notes],
        ['GET', '/api/v1/chapters/alma.32'],
      ] as const) {
        let answer = await once(account, method, path);
        if (answer.status === 401 && mayRenew) {
          account.dropToken();
          answer = await once(account, method, path);
          state.renewed += 1;
        }
        if (answer.status >= 300) state.failures.push(`${method} ${path}: ${answer.text}`);
      }
      await sleep(200);
    }
  };
  const all = Promise.all(
    accounts.map((account) =>
      read(account).catch((error: unknown) => state.failures.push(String(error))),
    ),
  );
  const stop = async (): Promise<void> => {
    going = false;
    await all;
  };
  readers = Object.assign(state, { stop });
  return readers;
}

const gl = async <T>(...args: string[]): Promise<T> => JSON.parse(await platform.gl(...args)) as T;
const listed = async (): Promise<string[]> =>
  (await gl<{ keys: { id: string }[] }>('keys', 'list', '--json')).keys.map(({ id }) => id);

/** Lets so many minutes pass for the keys: their times move, and with them what is due. */
async function minutesPass(minutes: number): Promise<void> {
  await withOwner(place, (client) =>
    client.query(
      `UPDATE accounts.signing_keys SET activates_at = activates_at - make_interval(mins => $1),
       created_at = created_at - make_interval(mins => $1)`,
      [minutes],
    ),
  );
}

describe('signing keys, while readers read and write', () => {
  it('are rotated, and nobody notices', async () => {
    const old = (await readSigningKey(place)).kid;
    startReaders(false);
    const { added } = await gl<{ added: string[] }>('keys', 'rotate', '--json');
    const [next = ''] = added;
    expect(await listed()).toContain(next);
    const { tokens } = readers;
    await expect.poll(() => readers.tokens).toBeGreaterThan(tokens + accounts.length);
    expect(readers.kids.size).toBe(1);
    expect(readers.kids).not.toContain(next);

    await minutesPass(10);
    // By the time that the old key goes, no token of its lives.
    await expect.poll(() => new Set(readers.present.values())).toEqual(new Set([next]));
    await minutesPass(11);
    await expect.poll(listed, { interval: 1000 }).not.toContain(old);
    await expect.poll(() => readers.requests).toBeGreaterThan(100);
    await readers.stop();
    console.info(`rotation: ${readers.requests} requests, ${readers.failures.length} failed`);
    expect(readers.failures).toEqual([]);
  });

  it('are replaced: nothing that the old one signed is taken any more, and a new token makes it good', async () => {
    const stolen = await readSigningKey(place);
    const [victim] = accounts;
    const doors = [origin, await ownOrigin(platform, 'study')];
    const forge = (): Promise<string> =>
      signWith(stolen, { sub: victim?.id, iss: origin, sid: randomUUID() });
    const knock = async (door: string, token: string): Promise<number> =>
      (await ask(door + notes, { headers: { authorization: `Bearer ${token}` } })).status;
    // Known to both before: what has been verified is remembered.
    const known = await forge();
    for (const door of doors) expect(await knock(door, known)).toBe(200);

    startReaders(true);
    await gl('keys', 'replace', '--json');
    const start = performance.now();
    for (const door of doors) {
      for (const token of [async () => known, forge]) {
        await expect.poll(async () => knock(door, await token()), { interval: 250 }).toBe(401);
      }
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    await expect.poll(() => readers.kids.size).toBe(2);
    await readers.stop();
    console.info(
      `replacement: refused everywhere after ${seconds} s; ${readers.requests} requests, ` +
        `${readers.renewed} repeated with a new token, ${readers.failures.length} failed`,
    );
    expect(readers.failures).toEqual([]);
    // Each of them had one token in hand, or two when the second fell into the change.
    expect(readers.renewed).toBeLessThanOrEqual(2 * accounts.length);
    expect(readers.kids.size).toBe(2);
  });
});
