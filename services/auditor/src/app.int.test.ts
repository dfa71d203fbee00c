import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill } from 'node:process';
import {
  connectGraph,
  dropVersion,
  type GraphStore,
  keys,
  listVersions,
  type Pointer,
  quarantine,
  readPointer,
  readVerdict,
  repairFromReplica,
  rollback,
  type Verdict,
} from '@gospelib/graph';
import { startTestFalkor } from '@gospelib/testkit';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  onTestFinished,
  vi,
} from 'vitest';
import { ActiveAudit } from './active/active.audit.ts';
import { GraphRound, RoundEnded } from './rounds/graph.round.ts';
import { type SmallAuditor, startSmallAuditor, until } from './testing/small.auditor.ts';
import { activateSmallGraph } from './testing/small.graph.ts';

const VERSION = 'aaaaaaaaaaaa-default';
const BEFORE = 'bbbbbbbbbbbb-default';
const GRAPH = keys.graph(VERSION);
const REPLICA = keys.replica(VERSION);
const QUICK = { checkMs: 60 };
const SLOW = { roundMs: 120 };
const ALTER = 'MATCH (p:Passage {id: "gen.1.2"}) SET p.text = "altered"';
const LOSE = 'MATCH (p:Passage {id: "gen.1.2"}) DELETE p';

let falkor: Awaited<ReturnType<typeof startTestFalkor>>;
let store: GraphStore;
let auditors: SmallAuditor[];

beforeAll(async () => {
  falkor = await startTestFalkor();
  store = connectGraph(falkor.url, { timeout: 10_000 });
  await store.whenReady(10_000);
});
beforeEach(async () => {
  auditors = [];
  await store.send(['FLUSHALL']);
  await activateSmallGraph(store, BEFORE);
  await activateSmallGraph(store, VERSION);
});
afterEach(async () => {
  await Promise.all(auditors.map(({ app }) => app.close()));
});
afterAll(async () => {
  await store.close();
  await falkor.stop();
});

const start = async (options: Parameters<typeof startSmallAuditor>[1]) => {
  const auditor = await startSmallAuditor(falkor.url, options);
  auditors.push(auditor);
  return auditor;
};
const change = (key: string, cypher: string) => store.send(['GRAPH.QUERY', key, cypher]);
const pointerNow = async (): Promise<Pointer> => {
  const pointer = await readPointer(store);
  if (pointer === undefined) throw new Error('There is a pointer.');
  return pointer;
};
const isQuarantined = async () => (await pointerNow()).quarantined === true;
const verdictOf = async (key: string): Promise<Verdict | undefined> =>
  readVerdict(store, key, await pointerNow());
const isDamaged = async (key: string) => (await verdictOf(key))?.sound === false;
const isIntact = async ({ metric }: SmallAuditor) => (await metric('gospelib_graph_intact')) === 1;
/** Waits until so many quick checks of the active graph have begun and ended. */
const checksOf = async ({ metric }: SmallAuditor, count: number) => {
  for (let left = count; left > 0; left--) {
    const before = await metric('gospelib_graph_last_check_seconds');
    await until(async () => (await metric('gospelib_graph_last_check_seconds')) !== before);
  }
};

describe('what backups and drills left', () => {
  it('is shown; what was never left, or is half written, is absent', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gospelib-operations-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const leave = (file: string, text: string) => writeFileSync(join(folder, file), text);
    const { app } = await start({ operations: folder });
    const shown = async () => {
      const { body } = await app.inject('/metrics');
      const lines = body.matchAll(/^gospelib_(\w+)\{.*?(?:kind|drill)="([\w-]+)".*\} (\d+)$/gm);
      return [...lines].filter(([line]) => /backup|drill/.test(line)).map(([, ...found]) => found);
    };
    expect(await shown()).toEqual([]);
    leave('backups.json', '{"database": {"newe');
    expect(await shown()).toEqual([]);
    const database = { newest: 10, verified: 20, damaged: 1 };
    leave('backups.json', JSON.stringify({ database, graph: { damaged: 0 } }));
    leave('drills.json', JSON.stringify({ passed: { 'table-dropped': 30 } }));
    expect(await shown()).toEqual([
      ['backup_newest_seconds', 'database', '10'],
      ['backup_verified_seconds', 'database', '20'],
      ['backups_damaged', 'database', '1'],
      ['backups_damaged', 'graph', '0'],
      ['drill_passed_seconds', 'table-dropped', '30'],
    ]);
  });
});

describe('the active graph', () => {
  it('is told as intact while it is sound, with the time of the last check', async () => {
    const auditor = await start({ ...QUICK, ...SLOW });
    await checksOf(auditor, 3);
    expect(await isIntact(auditor)).toBe(true);
    expect(await auditor.metric('gospelib_graph_last_check_seconds')).toBeGreaterThan(1e9);
    expect((await auditor.app.inject('/metrics')).body).not.toContain(
      'gospelib_graph_differences{',
    );
    expect(await isQuarantined()).toBe(false);
  });

  it.each([
    ['lacks passages', QUICK, LOSE],
    ['has passages of its own', QUICK, 'CREATE (:Passage {id: "gen.1.99", text: "more"})'],
    [
      'has an edge twice',
      QUICK,
      'MATCH (c:Chapter)-[:HAS_VERSE]->(p) CREATE (c)-[:HAS_VERSE]->(p)',
    ],
    ['has an altered manifest', QUICK, 'MATCH (m:Manifest) SET m.checksums = "{}"'],
    ['has an altered text', SLOW, ALTER],
    [
      'has an edge to the wrong place',
      SLOW,
      'MATCH (:Chapter)-[r:HAS_VERSE]->(p {id: "gen.1.2"}) DELETE r WITH p MATCH (q:Passage {id: "gen.1.3"}) CREATE (p)-[:HAS_VERSE]->(q)',
    ],
  ])('that %s is quarantined, until it is repaired', async (_, intervals, cypher) => {
    const auditor = await start(intervals);
    await change(GRAPH, cypher);
    await until(isQuarantined);
    await until(async () => !(await isIntact(auditor)));
    expect((await auditor.app.inject('/metrics')).body).toContain('gospelib_graph_differences{');

    await repairFromReplica(store, VERSION);
    expect(await isQuarantined()).toBe(false);
    await until(() => isIntact(auditor));
  });

  it('whose key is gone is quarantined', async () => {
    await start(QUICK);
    await store.send(['DEL', GRAPH]);
    await until(isQuarantined);
  });

  it('that lacks an index is told, and not quarantined: answers are right', async () => {
    const auditor = await start(QUICK);
    await change(GRAPH, 'DROP INDEX FOR (p:Passage) ON (p.order)');
    await until(async () => !(await isIntact(auditor)));
    expect((await auditor.app.inject('/metrics')).body).toContain('kind="missing-index"');
    await checksOf(auditor, 2);
    expect(await isQuarantined()).toBe(false);
    await change(GRAPH, 'CREATE INDEX FOR (p:Passage) ON (p.order)');
    await until(() => isIntact(auditor));
  });

  it('that somebody else quarantined is told as such', async () => {
    const auditor = await start(QUICK);
    await quarantine(store, await pointerNow());
    await until(async () => !(await isIntact(auditor)));
    expect((await auditor.app.inject('/metrics')).body).toContain('kind="quarantined"');
  });
});

describe('a pointer that moves while a round is under way', () => {
  it('ends the round', async () => {
    const round = new GraphRound(store, new AbortController().signal);
    const isOfInterest = async () => false;
    const going = round.go({ version: VERSION, key: GRAPH }, { milliseconds: 1, isOfInterest });
    await expect(going).rejects.toThrow(RoundEnded);
  });

  it('makes what was read of the graph before say nothing about the new one', async () => {
    const found = {
      kind: 'checksum',
      subject: 'Passage',
      detail: 'Found while it moved.',
    } as const;
    let move: () => Promise<unknown> = () => rollback(store);
    const go = async () => {
      await move();
      return [found];
    };
    const log = { error: vi.fn() };
    const audit = new ActiveAudit({ store, round: { go }, roundMs: 1, log });
    await audit.goRound();
    expect([await isQuarantined(), audit.differences]).toEqual([false, {}]);
    expect(log.error).not.toHaveBeenCalled();
    move = () => Promise.resolve();
    await audit.goRound();
    expect([await isQuarantined(), audit.differences]).toEqual([true, { checksum: 1 }]);
  });

  it('again and again, between a sound graph and a damaged one, quarantines only the damaged one', async () => {
    await start({ ...QUICK, ...SLOW });
    await change(GRAPH, LOSE);
    await until(isQuarantined);
    for (let times = 0; times < 5; times++) {
      await activateSmallGraph(store, BEFORE);
      await until(async () => (await verdictOf(GRAPH))?.sound === false);
      expect(await isQuarantined()).toBe(false);
    }
  });
});

describe('a fallback', () => {
  it.each([
    ['lacks passages', QUICK, LOSE],
    ['has an altered text', { ...QUICK, ...SLOW }, ALTER],
  ])('that %s is told through the store before it is needed', async (_, intervals, cypher) => {
    const auditor = await start(intervals);
    await until(async () => (await auditor.metric('gospelib_graph_stand_ins')) === 2);
    await change(REPLICA, cypher);
    await until(() => isDamaged(REPLICA));
    expect(await auditor.metric('gospelib_graph_stand_ins')).toBe(1);
    expect(await isDamaged(keys.graph(BEFORE))).toBe(false);
    expect(await isQuarantined()).toBe(false);
    expect(await isIntact(auditor)).toBe(true);
  });

  it('is attested once all of it was read, and since the quarantine only when that came first', async () => {
    await start({ ...QUICK, ...SLOW });
    await until(async () => (await verdictOf(REPLICA))?.sound === true);
    expect(await verdictOf(REPLICA)).toMatchObject({ sinceQuarantine: false });
    await quarantine(store, await pointerNow());
    await until(async () => (await verdictOf(REPLICA))?.sinceQuarantine === true);
    expect(await verdictOf(REPLICA)).toMatchObject({ sound: true });
  });

  it('that is damaged while readers are served from it is told', async () => {
    await start({ ...QUICK, ...SLOW });
    await quarantine(store, await pointerNow());
    await until(async () => (await verdictOf(REPLICA))?.sinceQuarantine === true);
    const { id } = (await verdictOf(REPLICA)) as Verdict;
    await change(REPLICA, ALTER);
    await until(() => isDamaged(REPLICA));
    expect((await verdictOf(REPLICA))?.id).not.toBe(id);
  });

  it('of a pointer before is forgotten by the store when nobody audits any more', async () => {
    const { app } = await start({ ...QUICK, ...SLOW });
    await until(async () => (await verdictOf(REPLICA)) !== undefined);
    await app.close();
    auditors = [];
    await until(async () => (await store.send(['EXISTS', keys.verdict(REPLICA)])) === 0);
  });

  it('that is dropped counts no longer', async () => {
    const auditor = await start(QUICK);
    await until(async () => (await auditor.metric('gospelib_graph_stand_ins')) === 2);
    await dropVersion(store, BEFORE);
    await until(async () => (await auditor.metric('gospelib_graph_stand_ins')) === 1);
    expect(await listVersions(store)).toEqual([VERSION]);
  });
});

describe('the store', () => {
  it('empty is nothing to complain about, and is audited once it holds a graph', async () => {
    await store.send(['FLUSHALL']);
    const auditor = await start(QUICK);
    await until(async () => (await auditor.app.inject('/ready')).statusCode === 200);
    expect(await auditor.metric('gospelib_graph_last_check_seconds')).toBe(0);
    await activateSmallGraph(store, VERSION);
    await checksOf(auditor, 2);
    await change(GRAPH, LOSE);
    await until(isQuarantined);
  });

  it('away makes it not ready and quarantines nothing; it goes on by itself when the store is back', async () => {
    const auditor = await start({ ...QUICK, ...SLOW });
    await checksOf(auditor, 1);
    const isReady = async () => (await auditor.app.inject('/ready')).statusCode === 200;
    kill(falkor.pid, 'SIGSTOP');
    try {
      await until(async () => !(await isReady()));
      expect((await auditor.app.inject('/health')).statusCode).toBe(200);
    } finally {
      kill(falkor.pid, 'SIGCONT');
    }
    await until(isReady);
    await checksOf(auditor, 2);
    expect(await isQuarantined()).toBe(false);
    await change(GRAPH, LOSE);
    await until(isQuarantined);
  });
});

describe('two auditors at once', () => {
  it('find the same and hinder nobody', async () => {
    const both = [await start({ ...QUICK, ...SLOW }), await start({ ...QUICK, ...SLOW })];
    for (const auditor of both) await checksOf(auditor, 2);
    expect(await isQuarantined()).toBe(false);
    await change(GRAPH, ALTER);
    await change(REPLICA, ALTER);
    await until(isQuarantined);
    await until(() => isDamaged(REPLICA));
    for (const auditor of both) await until(async () => !(await isIntact(auditor)));
    await activateSmallGraph(store, VERSION);
    for (const auditor of both) await until(() => isIntact(auditor));
    expect(await isQuarantined()).toBe(false);
    await until(async () => (await verdictOf(REPLICA))?.sound === true);
  });
});
