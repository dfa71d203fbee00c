import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GraphDamagedError, GraphQueryError } from '../graph.error.ts';
import { verifyGraph } from '../integrity/graph.verify.ts';
import { attestRecord, readAttestation } from '../integrity/record.attest.ts';
import type { GraphStore } from '../store/graph.store.ts';
import { keys } from '../store/store.keys.ts';
import { activateSmall } from '../testing/small.graph.ts';
import { openTestStore } from '../testing/test.store.ts';
import { IngestLockedError, lockIngest } from './ingest.lock.ts';
import { listGraphs } from './version.list.ts';
import { activeVersion, listGraphKeys, listVersions, readPointer } from './version.store.ts';
import {
  activateVersion,
  prune,
  repairFromReplica,
  repairIndexes,
  rollback,
} from './version.switch.ts';

const [A, B, C] = ['aaaaaaaaaaaa-default', 'bbbbbbbbbbbb-default', 'cccccccccccc-default'] as const;

let store: GraphStore;
/** Milliseconds since the epoch: before the versions were loaded. */
let began: number;

beforeAll(async () => {
  const opened = await openTestStore();
  store = opened.store;
  return opened.stop;
});
beforeEach(async () => {
  began = Date.now();
  await store.send(['FLUSHALL']);
  await activateSmall(store, A, 'one');
  await activateSmall(store, B, 'two');
});

const damage = (version: string) =>
  store.send(['GRAPH.QUERY', keys.graph(version), 'MATCH (p:Passage {id: "gen.1.2"}) DELETE p']);

describe('rollback', () => {
  it('goes to the version before, and back again', async () => {
    expect(await rollback(store)).toMatchObject({ from: B, to: A });
    expect(await activeVersion(store)).toBe(A);
    expect(await rollback(store)).toMatchObject({ from: A, to: B });
  });

  it('refuses a damaged version, and nothing changes', async () => {
    await damage(A);
    const before = await readPointer(store);
    await expect(rollback(store)).rejects.toThrow(GraphDamagedError);
    await expect(rollback(store)).rejects.toThrow(/Passage: 2 instead of 3.*And \d more/);
    expect(await readPointer(store)).toEqual(before);
  });

  it('says when there is nothing to go back to', async () => {
    await store.send(['DEL', keys.previous]);
    await expect(rollback(store)).rejects.toThrow(GraphQueryError);
  });

  it('works when the pointer leads nowhere or is gone', async () => {
    await store.send(['SET', keys.active, C]);
    expect(await activateVersion(store, B)).toMatchObject({ from: C, to: B });
    await store.send(['DEL', keys.active]);
    expect(await activateVersion(store, A)).toMatchObject({ from: undefined, to: A });
  });

  it.each([
    ['of another type', ['RPUSH', keys.active, 'x']],
    ['that is no version', ['SET', keys.active, 'x']],
  ])('takes a pointer %s for none', async (_, command) => {
    for (const key of [keys.active, keys.previous, keys.record(A)]) await store.send(['DEL', key]);
    await store.send(command);
    await store.send(['RPUSH', keys.previous, 'x']);
    await store.send(['RPUSH', keys.record(A), 'x']);
    expect([await readPointer(store), await activeVersion(store)]).toEqual([undefined, undefined]);
    expect((await listGraphs(store)).map(({ active, previous }) => active || previous)).toEqual([
      false,
      false,
    ]);
    expect(await activateVersion(store, B)).toMatchObject({ from: undefined, to: B });
    await activateSmall(store, A, 'one');
    expect(await activeVersion(store)).toBe(A);
  });

  it('waits for nobody: while an ingest is at work it says so', async () => {
    const lock = await lockIngest(store);
    await expect(rollback(store)).rejects.toThrow(IngestLockedError);
    await lock.release();
  });
});

describe('the record', () => {
  it.each([
    ['gone', ['DEL', keys.record(B)]],
    ['altered', ['HSET', keys.record(B), 'digest', 'x']],
  ])(
    'that is %s is written again as a backup attests it, and the replica counts again',
    async (_, command) => {
      const { recorded = '' } = await readAttestation(store, B);
      await damage(B);
      await store.send(command);
      expect((await readAttestation(store, B)).copies).toEqual([recorded, recorded]);
      await expect(repairFromReplica(store, B)).rejects.toThrow(GraphDamagedError);
      await attestRecord(store, B, recorded);
      await repairFromReplica(store, B);
      expect((await verifyGraph(store, B)).differences).toEqual([]);
    },
  );
});

describe('the replica', () => {
  const texts = (key: string) =>
    store
      .reader(key, B)
      .query('texts', 'MATCH (p:Passage) RETURN p.text AS t ORDER BY t', {}, ({ t }) => t);

  it('is a second sound copy of the active version, and follows the pointer', async () => {
    expect((await verifyGraph(store, B, { key: keys.replica(B) })).ok).toBe(true);
    await rollback(store);
    expect((await verifyGraph(store, A, { key: keys.replica(A) })).ok).toBe(true);
    expect((await listGraphs(store)).map(({ replica }) => replica)).toEqual([true, false]);
  });

  it.each([
    ['passages deleted', 'MATCH (p:Passage) DELETE p'],
    ['texts altered', 'MATCH (p:Passage) SET p.text = "x"'],
  ])('repairs the graph it is the copy of: %s', async (_, cypher) => {
    await store.send(['GRAPH.QUERY', keys.graph(B), cypher]);
    const before = await readPointer(store);
    expect(await repairFromReplica(store, B)).toMatchObject({ from: B, to: B });
    expect((await verifyGraph(store, B)).ok).toBe(true);
    expect(await texts(keys.graph(B))).toEqual(['two 1', 'two 2', 'two 3']);
    expect(await readPointer(store)).not.toEqual(before);
    expect((await verifyGraph(store, B, { key: keys.replica(B) })).ok).toBe(true);
  });

  it('repairs a graph whose key is gone', async () => {
    await store.send(['DEL', keys.graph(B)]);
    await repairFromReplica(store, B);
    expect((await verifyGraph(store, B)).ok).toBe(true);
  });

  it.each([
    ['lacks a passage', 'MATCH (p:Passage {id: "gen.1.1"}) DELETE p'],
    ['has an altered text', 'MATCH (p:Passage {id: "gen.1.1"}) SET p.text = "x"'],
    ['has a doubled edge', 'MATCH (a)-[:NEXT]->(b) WITH a, b LIMIT 1 CREATE (a)-[:NEXT]->(b)'],
    ['has another manifest', 'MATCH (m:Manifest) SET m.json = "{}"'],
  ])('that %s repairs nothing', async (_, cypher) => {
    await damage(B);
    await store.send(['GRAPH.QUERY', keys.replica(B), cypher]);
    const before = await readPointer(store);
    await expect(repairFromReplica(store, B)).rejects.toThrow(/replica.*does not verify/);
    expect(await readPointer(store)).toEqual(before);
    expect((await listGraphs(store)).length).toBe(2);
    expect((await listGraphKeys(store)).filter((key) => key.includes('building'))).toEqual([]);
  });
});

describe('the pointer', () => {
  it('tells each activation apart, of the same version too', async () => {
    const seen = [await readPointer(store)];
    await activateVersion(store, B);
    seen.push(await readPointer(store));
    await activateSmall(store, B, 'repaired');
    seen.push(await readPointer(store));
    expect(seen.map((pointer) => pointer?.version)).toEqual([B, B, B]);
    expect(new Set(seen.map((pointer) => pointer?.activation)).size).toBe(3);
  });
});

describe('the list', () => {
  it('tells what each version is', async () => {
    expect(await listGraphs(store)).toMatchObject([
      { version: A, active: false, previous: true, nodes: 6, edges: 7, replica: true },
      { version: B, active: true, previous: false, nodes: 6, edges: 7, replica: true },
    ]);
    const [, active] = await listGraphs(store);
    for (const time of [active?.loadedAt, active?.activatedAt, active?.verifiedAt]) {
      expect(Date.parse(String(time))).toBeGreaterThanOrEqual(began);
      expect(Date.parse(String(time))).toBeLessThanOrEqual(Date.now());
    }
  });
});

it('prune leaves the active version and the one before', async () => {
  await activateSmall(store, C);
  await store.send(['GRAPH.COPY', keys.graph(C), keys.building(C, 'killed')]);
  expect(await prune(store)).toEqual([A, keys.building(C, 'killed')]);
  expect(await listVersions(store)).toEqual([B, C]);
});

it('a missing index is made again, and only that', async () => {
  await store.send(['GRAPH.QUERY', keys.graph(B), 'DROP INDEX FOR (p:Passage) ON (p.order)']);
  expect(await repairIndexes(store, B)).toEqual(['Passage.order']);
  expect(await repairIndexes(store, B)).toEqual([]);
  expect((await verifyGraph(store, B)).ok).toBe(true);
});
