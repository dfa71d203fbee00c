import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';

export interface Writer {
  /** Bodies of acknowledged notes by their ids, with the time of the acknowledgement (`Date.now()`). */
  readonly acknowledged: ReadonlyMap<string, { body: string; at: number }>;
  /** Writes that were not acknowledged: when they were asked for and why (`performance.now()`). */
  readonly refusals: readonly { askedAt: number; what: string }[];
  stop(): Promise<void>;
  /** Those acknowledged that are not there as they were, found by asking for each. */
  lost(): Promise<{ id: string; at: number }[]>;
}

/** How many ask at once for what was acknowledged. */
const ASKERS = 8;

/** A note as it is there; undefined when it is not. @throws Error when nobody tells, for half a minute: a 503 is no loss */
async function bodyOf(account: Account, id: string): Promise<string | undefined> {
  for (let attempt = 0; ; attempt += 1) {
    const response = await account.ask('GET', `study/notes/${id}`);
    const text = await response.text();
    if (response.ok) return (JSON.parse(text) as { body: string }).body;
    if (response.status === 404) return undefined;
    if (attempt >= 30) throw new Error(`Whether a note is lost is not told: ${response.status}.`);
    await sleep(1_000);
  }
}

/** Somebody who writes one note after the other and remembers what was acknowledged; rests `pauseMs` between. */
export function startWriter(account: Account, pauseMs: number): Writer {
  const acknowledged = new Map<string, { body: string; at: number }>();
  const refusals: Writer['refusals'][number][] = [];
  let going = true;
  const write = async (): Promise<void> => {
    const body = `Note ${randomUUID()} on Alma 32:21`;
    const askedAt = performance.now();
    try {
      const note = { passage: 'alma.32.21', body, tags: [] };
      const key = { 'idempotency-key': randomUUID() };
      const response = await account.ask('POST', 'study/notes', note, key);
      const text = await response.text();
      if (response.status !== 201) throw new Error(`${response.status} ${text.slice(0, 200)}`);
      const { id } = JSON.parse(text) as { id: string };
      acknowledged.set(id, { body, at: Date.now() });
    } catch (error) {
      refusals.push({ askedAt, what: String(error) });
    }
  };
  const all = (async () => {
    while (going) {
      await write();
      await sleep(pauseMs);
    }
  })();
  return {
    acknowledged,
    refusals,
    stop: async () => {
      going = false;
      await all;
    },
    lost: async () => {
      const lost: { id: string; at: number }[] = [];
      const waiting = [...acknowledged];
      const ask = async (): Promise<void> => {
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
          const [id, { body, at }] = next;
          if ((await bodyOf(account, id)) !== body) lost.push({ id, at });
        }
      };
      await Promise.all(Array.from({ length: ASKERS }, ask));
      return lost;
    },
  };
}
