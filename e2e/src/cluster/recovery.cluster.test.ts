import { connectGraph, keys } from '@gospelib/graph';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openAccount } from '../account.ts';
import { deleteVerses } from '../drills/graph.drills.ts';
import { ask } from '../http.client.ts';
import { noCluster } from './cluster.images.ts';
import { startLoad, toldLate } from './cluster.load.ts';
import { readSecret } from './cluster.secret.ts';
import { inSeconds, record } from './figures.ts';
import { type Operator, openOperator } from './operator.ts';
import { forwardPod } from './pod.port.ts';
import { sql } from './stores.client.ts';

describe.skipIf(noCluster)(`data that is damaged (${noCluster ?? 'on a cluster'})`, () => {
  const place = inject('place');
  const { namespace, authority, origin } = inject('cluster') ?? {
    namespace: '',
    authority: '',
    origin: '',
  };
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
