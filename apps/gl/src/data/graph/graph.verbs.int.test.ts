import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  activateBuilt,
  connectGraph,
  createIndexes,
  type GraphStore,
  keys,
  loadGraph,
  lockIngest,
  manifestTexts,
  writeManifest,
} from '@gospelib/graph';
import { startFalkor } from '@gospelib/stores';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CliResult, cli } from '../../testing/cli.ts';

const A = 'aaaaaaaaaaaa-default';
const B = 'bbbbbbbbbbbb-default';

let falkor: Awaited<ReturnType<typeof startFalkor>>;
let store: GraphStore;
let data: string;
/** What the verbs that are jobs left in the Pushgateway: its group, then its metrics. */
const pushed: string[] = [];
const pushgateway = createServer((request, response) => {
  void text(request).then((body) => {
    pushed.push(`${request.url}\n${body}`);
    response.end();
  });
});

beforeAll(async () => {
  await new Promise<void>((done) => pushgateway.listen(0, '127.0.0.1', done));
  data = mkdtempSync(join(tmpdir(), 'gospelib-gl-'));
  falkor = await startFalkor({ dataDir: `${data}/falkordb`, persistence: false });
  store = connectGraph(falkor.url, { timeout: 10_000 });
  await store.whenReady(5_000);
});
afterAll(async () => {
  await store.close();
  await falkor.stop();
  pushgateway.closeAllConnections();
  pushgateway.close();
  rmSync(data, { recursive: true, force: true });
});

/** Activates a graph of two verses, as the ingest would. */
async function ingest(version: string): Promise<void> {
  const lock = await lockIngest(store);
  const key = keys.building(version, lock.run);
  const verse = (number: number) => ({
    ...{ id: `enos.1.${number}`, book: 'enos', chapter: 1, verse: number, order: number },
    ...{ text: `Verse ${number}`, paragraph: false, connections: 0 },
  });
  const { checksums, fingerprints } = await loadGraph(store, key, {
    nodes: [{ label: 'Passage', rows: [verse(1), verse(2)] }],
    edges: [{ type: 'NEXT', rows: [{ from: 0, to: 1 }] }],
  });
  await createIndexes(store, key);
  const facts = { sources: [], counts: { nodes: {}, edges: {} }, mends: [], derived: [] };
  const corpus = { version, edition: 'default' as const, checksum: '', ...facts };
  const texts = manifestTexts(corpus, checksums, fingerprints);
  await activateBuilt(store, version, await writeManifest(store, key, texts), lock);
  await lock.release();
}

const graph = (...args: string[]): Promise<CliResult> =>
  cli(['graph', ...args, '--data', data], {
    FALKORDB_URL: falkor.url,
    PUSHGATEWAY_URL: `http://127.0.0.1:${(pushgateway.address() as AddressInfo).port}`,
  });
const json = async (...args: string[]) => {
  const { stdout } = await graph(...args, '--json');
  return JSON.parse(stdout);
};

test('an empty store is said to be one, and what to do about it', async () => {
  expect(await graph('list')).toMatchObject({ code: 0, stdout: /ingest/ });
  for (const verb of ['verify', 'rollback', 'backup']) {
    const { code, stderr } = await graph(verb);
    expect([verb, code]).toEqual([verb, 1]);
    expect(stderr).toMatch(/`\.\/gl/);
  }
});

test('versions are listed, verified by name, gone back to, backed up and restored', async () => {
  await ingest(A);
  await ingest(B);
  expect(await json('list')).toMatchObject({
    schemaVersion: 1,
    graphs: [
      { version: A, previous: true },
      { version: B, active: true, nodes: 2, edges: 1 },
    ],
  });
  expect(await graph('verify')).toMatchObject({ code: 0 });
  const { code, stdout } = await graph('backup', '--json');
  expect(code).toBe(0);
  const { id, createdAt } = JSON.parse(stdout) as { id: string; createdAt: string };
  const told = pushed.at(-1);
  expect(told).toMatch(/^\/metrics\/job\/backup-graph\n/);
  expect(told).toContain(
    `gospelib_backup_newest_seconds{kind="graph"} ${Date.parse(createdAt) / 1000}\n`,
  );
  expect(told).toContain('gospelib_backups_damaged{kind="graph"} 0\n');
  expect(told).toMatch(/^gospelib_job_succeeded_seconds \d/m);

  const cypher = 'MATCH (p:Passage {id: "enos.1.2"}) SET p.text = "altered"';
  await store.send(['GRAPH.QUERY', keys.graph(B), cypher]);
  const verified = await graph('verify');
  expect(verified.code).toBe(3);
  expect(pushed.at(-1)).toMatch(/^\/metrics\/job\/verify-graph\n.*gospelib_job_failed_seconds \d/s);
  expect(verified.stdout).toContain('enos.1.2: text differs.');
  const refused = await graph('backup');
  expect(refused.code).toBe(1);
  expect(pushed.at(-1)).toMatch(/^\/metrics\/job\/backup-graph\n.*gospelib_job_failed_seconds \d/s);
  expect(pushed.at(-1)).not.toContain('gospelib_backup_newest_seconds');
  expect(refused.stderr).toMatch(/gl: The graph .* does not verify.*Nothing was changed/s);

  expect(await json('rollback', '--dry-run')).toMatchObject({ version: A, ok: true });
  expect(await json('rollback')).toMatchObject({ from: B, to: A });
  expect((await graph('activate', B)).code).toBe(1);

  expect((await graph('restore', id, '--dry-run')).stdout).toContain('Would load');
  expect(await json('restore', id)).toMatchObject({ version: B, form: 'fast' });
  expect((await graph('verify')).code).toBe(0);
  expect(await json('backups')).toMatchObject({ backups: [{ id }], damaged: [] });
});

test.each([['verify', 'nonsense'], ['activate', 'nonsense'], ['activate'], ['restore']])(
  'graph %s %s is wrong use',
  async (...args) => {
    expect((await graph(...args.filter(Boolean))).code).toBe(2);
  },
);

test('a backup that is not there is named', async () => {
  const { code, stderr } = await graph('restore', 'graph-20200101T000000Z-0000');
  expect(code).toBe(1);
  expect(stderr).toContain('There is no backup graph-20200101T000000Z-0000');
});

test('its password changes while it serves: both are taken, then the new one alone', async () => {
  const at = (password: string) => Object.assign(new URL(falkor.url), { password }).href;
  const first = new URL(falkor.url).password;
  const password = (own: string, ...args: string[]) =>
    cli(['graph', 'password', ...args, '--data', data], { FALKORDB_URL: own });
  const file = join(data, 'password');
  writeFileSync(file, 'second\n');
  const takes = (one: string) => store.send(['AUTH', one]).then(Boolean, () => false);
  try {
    expect((await password(at(''), '--add', file)).code).toBe(4);
    expect((await password(at(first), '--add', file)).code).toBe(0);
    expect([await takes(first), await takes('second')]).toEqual([true, true]);
    expect((await password(at('second'), '--settle')).code).toBe(0);
    expect([await takes(first), await takes('second')]).toEqual([false, true]);
  } finally {
    await store.send(['ACL', 'SETUSER', 'default', 'resetpass', `>${first}`]);
  }
});
