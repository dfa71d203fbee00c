import { connectGraph, keys } from '@gospelib/graph';
import { pushedImages } from '@gospelib/testkit';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openAccount } from '../account.ts';
import { deleteVerses } from '../drills/graph.drills.ts';
import { ask } from '../http.client.ts';
import { noCluster } from './cluster.images.ts';
import { runJobAgain } from './cluster.job.ts';
import { startLoad, toldLate } from './cluster.load.ts';
import { clusterPlace } from './cluster.place.ts';
import { readSecret } from './cluster.secret.ts';
import { inSeconds, record } from './figures.ts';
import { type Operator, openOperator } from './operator.ts';
import { forwardPod } from './pod.port.ts';
import { nextRelease } from './second.release.ts';
import { sql } from './stores.client.ts';

describe.skipIf(noCluster)(`data that is damaged (${noCluster ?? 'on a cluster'})`, () => {
  const place = inject('place');
  const { namespace, authority, origin } = clusterPlace();
  let operator: Operator;

  beforeAll(async () => {
    operator = await openOperator(place, namespace, authority);
    // Without one of each, taking it is part of what recover does.
    await operator.gl('graph', 'backup');
    await operator.gl('db', 'backup');
  });
  afterAll(() => operator?.end());

  /** Statements on both copies of the active graph, past everything that checks it. */
  async function damageGraph(statement: string): Promise<void> {
    const { origin: pod, stop } = await forwardPod(namespace, 'gospelib-falkordb-0', 6379);
    const url = new URL(await readSecret(namespace, 'gospelib-content', 'FALKORDB_URL'));
    url.host = new URL(pod).host;
    const store = connectGraph(url.href, { timeout: 30_000, connections: 1 });
    try {
      await expect.poll(() => store.isReady()).toBe(true);
      const version = String(await store.send(['GET', keys.active]));
      for (const key of [keys.graph(version), keys.replica(version)]) {
        if ((await store.send(['EXISTS', key])) === 1) {
          await store.send(['GRAPH.QUERY', key, statement], 30_000);
        }
      }
    } finally {
      await store.close();
      stop();
    }
  }

  it('verses are deleted from the graph: it is restored from its backup, and nobody reads anything wrong', async () => {
    const load = await startLoad(place, { readers: 4, writers: 1 });
    await damageGraph(deleteVerses);
    const start = performance.now();
    const { stderr } = await operator.gl('recover', '--execute');
    const seconds = (performance.now() - start) / 1000;
    expect(stderr).toContain('was restored from');
    const { wrong, lost, faults, late, reads } = await load.stop();
    expect([wrong, lost, faults]).toEqual([[], 0, []]);
    await operator.gl('graph', 'verify');
    const { status } = await ask(`${origin}/api/v1/passages/mosiah.4.30`);
    expect(status).toBe(200);
    record('the graph is damaged: found, restored from its backup and verified', {
      ...inSeconds(seconds, 60),
      note: `${reads} reads meanwhile, ${toldLate(late)}`,
    });
  });

  it('a migration of the next release fails half-way: who serves goes on, and what it left is taken away', async () => {
    const job = 'gospelib-migrations-study';
    const own = pushedImages()('study');
    const image = await nextRelease(own, 'failing', {
      'app/migrations/9003_half.up.sql':
        '-- @reversible yes\n-- @down-loses nothing\n-- @transaction no\nCREATE INDEX CONCURRENTLY notes_half ON study.notes ((1 / (length(body) - length(body))));\n',
      'app/migrations/9003_half.down.sql': 'DROP INDEX study.notes_half;\n',
    });
    const unfinished = () => sql(authority, 'SELECT FROM pg_index WHERE NOT indisvalid');
    const load = await startLoad(place, { readers: 4, writers: 2 });
    await expect(runJobAgain(job, { namespace, image })).rejects.toThrow(/division by zero/);
    expect(await unfinished()).toHaveLength(1);
    const start = performance.now();
    await operator.gl('recover', '--execute');
    const seconds = (performance.now() - start) / 1000;
    expect(await unfinished()).toHaveLength(0);
    const { faults, late, lost, reads, writes } = await load.stop();
    expect([faults, late, lost]).toEqual([[], {}, 0]);
    record('a migration fails half-way: found, and its unfinished index taken away', {
      ...inSeconds(seconds, 60),
      note: `the release before serves on: ${reads} reads and ${writes} writes, 0 failed`,
    });
    await runJobAgain(job, { namespace, image: own });
  });

  it('the table of notes is dropped: the database is mended, with the notes of its backup', async () => {
    const account = await openAccount(place);
    const note = { passage: 'alma.32.21', body: 'Faith is a seed', tags: [] };
    const made = await account.ask('/api/v1/study/notes', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify(note),
    });
    expect(made.status).toBe(201);
    const { id } = made.json<{ id: string }>();
    await operator.gl('db', 'backup');
    await sql(authority, 'DROP TABLE study.notes CASCADE');
    const start = performance.now();
    await operator.gl('recover', '--execute', '--accept-data-loss');
    const seconds = (performance.now() - start) / 1000;
    const read = await account.ask(`/api/v1/study/notes/${id}`);
    expect([read.status, read.json()]).toEqual([200, expect.objectContaining({ body: note.body })]);
    record('a table of the database is dropped: made again with its rows', inSeconds(seconds));
  });
});
