import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GraphStore } from '../store/graph.store.ts';
import { keys } from '../store/store.keys.ts';
import { activateSmall } from '../testing/small.graph.ts';
import { openTestStore } from '../testing/test.store.ts';
import { isAttested, readVerdict, writeVerdict } from './fallback.verdict.ts';
import { withIngestLock } from './ingest.lock.ts';
import { listFallbacks } from './version.fallbacks.ts';
import { ensureReplica } from './version.replica.ts';
import { activate, type Pointer, readPointer } from './version.store.ts';

const [A, B, C] = ['a', 'b', 'c'].map((digit) => `${digit.repeat(12)}-default`) as [
  string,
  string,
  string,
];

let store: GraphStore;
beforeAll(async () => {
  const opened = await openTestStore();
  store = opened.store;
  return opened.stop;
});
beforeEach(async () => {
  await store.send(['FLUSHALL']);
  for (const version of [A, C, B]) await activateSmall(store, version);
});

const pointerNow = async () => (await readPointer(store)) as Pointer;

describe('fallbacks', () => {
  it('are the replica, the version before, then the others', async () => {
    expect((await listFallbacks(store, B)).map(({ key }) => key)).toEqual([
      keys.replica(B),
      keys.graph(C),
      keys.graph(A),
    ]);
  });

  it('are only what the store has', async () => {
    for (const key of [keys.replica(B), keys.graph(C)]) await store.send(['GRAPH.DELETE', key]);
    expect(await listFallbacks(store, B)).toEqual([{ version: A, key: keys.graph(A) }]);
  });
});

describe('a verdict', () => {
  const KEY = keys.replica(B);
  const tell = async (sound = true) => {
    const { activation } = await pointerNow();
    await writeVerdict(store, KEY, { id: 'a', activation, sound, sinceQuarantine: true }, 60_000);
  };

  it('is read as it was written, until the pointer moves', async () => {
    await tell();
    const read = await readVerdict(store, KEY, await pointerNow());
    expect(read).toMatchObject({ id: 'a', sound: true, sinceQuarantine: true });
    await activate(store, B);
    expect(await readVerdict(store, KEY, await pointerNow())).toBeUndefined();
  });

  it('goes with the replica that it is about', async () => {
    await tell(false);
    await store.send(['GRAPH.DELETE', KEY]);
    await withIngestLock(store, (lock) => ensureReplica(store, B, lock));
    expect(await readVerdict(store, KEY, await pointerNow())).toBeUndefined();
  });

  it.each(['', 'no JSON', '{"sound":true}'])('that is garbled (%j) is none', async (text) => {
    await store.send(['SET', keys.verdict(KEY), text]);
    expect(await readVerdict(store, KEY, await pointerNow())).toBeUndefined();
  });

  it('attests what is sound and was read since the quarantine, while that lasts', () => {
    const pointer = { version: B, activation: '1' };
    const quarantined = { ...pointer, quarantined: true } as const;
    const verdict = { id: 'a', activation: '1', sound: true, sinceQuarantine: true };
    expect(isAttested(verdict, quarantined)).toBe(true);
    expect(isAttested(verdict, pointer)).toBe(false);
    expect(isAttested({ ...verdict, sound: false }, quarantined)).toBe(false);
    expect(isAttested({ ...verdict, sinceQuarantine: false }, quarantined)).toBe(false);
    expect(isAttested(undefined, quarantined)).toBe(false);
  });
});
