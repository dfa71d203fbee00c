import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GraphQueryError } from '../graph.error.ts';
import { loadGraph } from '../load/bulk.load.ts';
import type { GraphStore } from '../store/graph.store.ts';
import { keys } from '../store/store.keys.ts';
import { smallContent } from '../testing/small.content.ts';
import { openTestStore } from '../testing/test.store.ts';
import {
  IngestLockedError,
  IngestLockLostError,
  isIngestAtWork,
  lockIngest,
  withIngestLock,
} from './ingest.lock.ts';
import {
  activate,
  activateBuilt,
  activeVersion,
  dropLeftovers,
  dropVersion,
  listVersions,
  previousVersion,
  pruneVersions,
  quarantine,
  readPointer,
} from './version.store.ts';

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
});

const build = (key: string, text?: string) => loadGraph(store, key, smallContent(text));
const firstText = async (version: string) => {
  const [text] = await store
    .at(version)
    .query('text', 'MATCH (p:Passage {id: "gen.1.1"}) RETURN p.text AS t', {}, ({ t }) => t);
  return text;
};

async function ingest(version: string, text?: string): Promise<void> {
  const lock = await lockIngest(store);
  await build(keys.building(version, lock.run), text);
  await activateBuilt(store, version, 'digest', lock);
  await lock.release();
}

describe('versions', () => {
  it('begin with none', async () => {
    expect(await activeVersion(store)).toBeUndefined();
    expect(await listVersions(store)).toEqual([]);
  });

  it('become active under their own name, and the one before is remembered', async () => {
    await ingest(A);
    await ingest(B);
    expect(await activeVersion(store)).toBe(B);
    expect(await previousVersion(store)).toBe(A);
    expect(await listVersions(store)).toEqual([A, B]);
    await activate(store, A);
    expect([await activeVersion(store), await previousVersion(store)]).toEqual([A, B]);
  });

  it('are quarantined until the graph is replaced or the pointer moved', async () => {
    await ingest(A);
    const pointer = await readPointer(store);
    if (pointer === undefined) throw new Error('A is active');
    expect(pointer.quarantined).toBeUndefined();
    await quarantine(store, pointer);
    expect(await readPointer(store)).toEqual({ ...pointer, quarantined: true });
    await ingest(A, 'repaired');
    expect((await readPointer(store))?.quarantined).toBeUndefined();
  });

  it('replace a graph of the same version without touching the one before', async () => {
    await ingest(A);
    await ingest(B, 'first');
    await ingest(B, 'second');
    expect(await firstText(B)).toBe('second 1');
    expect(await previousVersion(store)).toBe(A);
  });

  it('are pruned to the active one and the one before', async () => {
    for (const version of [A, B, C]) await ingest(version);
    expect(await pruneVersions(store)).toEqual([A]);
    expect(await listVersions(store)).toEqual([B, C]);
  });

  it('cannot be dropped while active, nor activated when absent', async () => {
    await ingest(A);
    await expect(dropVersion(store, A)).rejects.toThrow(GraphQueryError);
    await expect(activate(store, B)).rejects.toThrow(GraphQueryError);
    expect(await activeVersion(store)).toBe(A);
  });

  it('under construction are no versions, and are cleared', async () => {
    await build(keys.building(A, 'r'));
    expect(await listVersions(store)).toEqual([]);
    expect(await dropLeftovers(store)).toEqual([keys.building(A, 'r')]);
    expect(await dropLeftovers(store)).toEqual([]);
  });
});

describe('the lock', () => {
  it('lets only one ingest in, and the next one after it', async () => {
    const lock = await lockIngest(store);
    await expect(lockIngest(store)).rejects.toThrow(IngestLockedError);
    await lock.release();
    await (await lockIngest(store)).release();
  });

  it('of a process that is gone is taken over', async () => {
    const { hostname } = await import('node:os');
    await store.send(['SET', keys.lock, `${hostname()} 4194399 dead`, 'PX', '60000']);
    expect(await isIngestAtWork(store)).toBe(false);
    await (await lockIngest(store)).release();
  });

  it('of another machine stands until it expires', async () => {
    await store.send(['SET', keys.lock, 'elsewhere 1 alive', 'PX', '60000']);
    expect(await isIngestAtWork(store)).toBe(true);
    await expect(lockIngest(store)).rejects.toThrow(/process 1 on elsewhere/);
    await store.send(['PEXPIRE', keys.lock, '1']);
    await expect
      .poll(() => lockIngest(store).then((lock) => lock.release().then(() => true)))
      .toBe(true);
  });

  it('that expired is the holder’s again, as long as nobody took it since', async () => {
    const lock = await lockIngest(store);
    await build(keys.building(A, lock.run));
    await store.send(['DEL', keys.lock]);
    await activateBuilt(store, A, 'digest', lock);
    expect(await activeVersion(store)).toBe(A);
    await expect(lockIngest(store)).rejects.toThrow(IngestLockedError);
    await lock.release();
  });

  it('that another one took meanwhile forbids to activate, also after that one has ended', async () => {
    const lock = await lockIngest(store);
    await build(keys.building(A, lock.run));
    await store.send(['DEL', keys.lock]);
    const other = await lockIngest(store);
    const late = () => activateBuilt(store, A, 'digest', lock);
    await expect(late()).rejects.toThrow(IngestLockLostError);
    await lock.release();
    await expect(lockIngest(store)).rejects.toThrow(IngestLockedError);
    await other.release();
    await expect(late()).rejects.toThrow(IngestLockLostError);
    await expect(lock.assertHeld()).rejects.toThrow(IngestLockLostError);
    expect(await activeVersion(store)).toBeUndefined();
  });

  it('that was lost is why the work failed, whatever it met with', async () => {
    const work = async () => {
      await store.send(['DEL', keys.lock]);
      await (await lockIngest(store)).release();
      throw new Error('The graph under construction is gone.');
    };
    await expect(withIngestLock(store, work)).rejects.toThrow(IngestLockLostError);
    const sound = withIngestLock(store, async () => Promise.reject(new Error('something else')));
    await expect(sound).rejects.toThrow('something else');
  });

  it('is prolonged while the event loop stands still', async () => {
    const lock = await lockIngest(store);
    const expiry = async () => Number(await store.send(['PTTL', keys.lock]));
    await store.send(['PEXPIRE', keys.lock, '10000']);
    await expect.poll(expiry, { timeout: 30_000 }).toBeGreaterThan(10_000);
    await store.send(['PEXPIRE', keys.lock, '10000']);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5_000);
    expect(await expiry()).toBeGreaterThan(10_000);
    await lock.release();
    expect(await store.send(['EXISTS', keys.lock])).toBe(0);
  });
});
