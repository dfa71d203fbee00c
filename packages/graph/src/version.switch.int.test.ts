import { startTestFalkor } from '@gospelib/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GraphDamagedError, GraphQueryError } from './graph.error.ts';
import { listGraphs } from './graph.list.ts';
import { activateSmall } from './graph.loaded.fixture.ts';
import { connectGraph, type GraphStore } from './graph.store.ts';
import { verifyGraph } from './graph.verify.ts';
import { IngestLockedError, lockIngest } from './ingest.lock.ts';
import { keys } from './schema.ts';
import { activeVersion, listVersions, readPointer } from './version.store.ts';
import { activateVersion, mendIndexes, prune, rollback } from './version.switch.ts';

const [A, B, C] = ['aaaaaaaaaaaa-default', 'bbbbbbbbbbbb-default', 'cccccccccccc-default'] as const;

let falkor: Awaited<ReturnType<typeof startTestFalkor>>;
let store: GraphStore;

beforeAll(async () => {
  falkor = await startTestFalkor();
  store = connectGraph(falkor.url);
  await store.whenReady(5_000);
});
afterAll(async () => {
  await store.close();
  await falkor.stop();
});
beforeEach(async () => {
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

  it('waits for nobody: while an ingest is at work it says so', async () => {
    const lock = await lockIngest(store);
    await expect(rollback(store)).rejects.toThrow(IngestLockedError);
    await lock.release();
  });
});

describe('the pointer', () => {
  it('tells each activation apart, of the same version too', async () => {
    const seen = [await readPointer(store)];
    await activateVersion(store, B);
    seen.push(await readPointer(store));
    await activateSmall(store, B, 'mended');
    seen.push(await readPointer(store));
    expect(seen.map((pointer) => pointer?.version)).toEqual([B, B, B]);
    expect(new Set(seen.map((pointer) => pointer?.activation)).size).toBe(3);
  });
});

describe('the list', () => {
  it('tells what each version is', async () => {
    expect(await listGraphs(store)).toMatchObject([
      { version: A, active: false, previous: true, nodes: 6, edges: 7, spare: false },
      { version: B, active: true, previous: false, nodes: 6, edges: 7 },
    ]);
    const [, active] = await listGraphs(store);
    for (const time of [active?.loadedAt, active?.activatedAt, active?.verifiedAt]) {
      expect(Date.now() - Date.parse(String(time))).toBeLessThan(60_000);
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
  expect(await mendIndexes(store, B)).toEqual(['Passage.order']);
  expect(await mendIndexes(store, B)).toEqual([]);
  expect((await verifyGraph(store, B)).ok).toBe(true);
});
