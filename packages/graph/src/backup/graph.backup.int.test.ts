import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BackupManifest,
  type BackupStore,
  openBackupStore,
  signManifest,
} from '@gospelib/backup';
import { startTestFalkor } from '@gospelib/testkit';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GraphDamagedError } from '../graph.error.ts';
import { verifyGraph } from '../integrity/graph.verify.ts';
import type { GraphStore } from '../store/graph.store.ts';
import { engineOf } from '../store/store.engine.ts';
import { keys } from '../store/store.keys.ts';
import { activateSmall } from '../testing/small.graph.ts';
import { openTestStore } from '../testing/test.store.ts';
import { listGraphs } from '../version/version.list.ts';
import { readPointer } from '../version/version.store.ts';
import { backupFiles, graphBackupContent } from './backup.content.ts';
import { backupGraph } from './graph.backup.ts';
import { restoreGraph } from './graph.restore.ts';

const A = 'aaaaaaaaaaaa-default';
const B = 'bbbbbbbbbbbb-default';

let store: GraphStore;
let folder: string;
/** Encrypted all the way, so that each form is read and written so; whoever wants none of it has no identity. */
const keysOfTests = {
  signing: ['a key of tests, which signs their backups'],
  identities: ['AGE-SECRET-KEY-1TKZDF2TGA6ZQWMVAXNDWAQANMTHN34WGA5M260YPQFG3PGDDF6FSAEGXM3'],
};
let backups: BackupStore;

beforeAll(async () => {
  const opened = await openTestStore();
  store = opened.store;
  return opened.stop;
});
beforeEach(async () => {
  await store.send(['FLUSHALL']);
  await activateSmall(store, A, 'kept');
  folder = mkdtempSync(join(tmpdir(), 'gospelib-backups-'));
  backups = openBackupStore(folder, async () => keysOfTests);
  return () => rmSync(folder, { recursive: true });
});

const backup = () => backupGraph(store, A, backups, { scratch: startTestFalkor });
const change = (cypher: string) => store.send(['GRAPH.QUERY', keys.graph(A), cypher]);
const sound = async (version: string) => {
  expect((await verifyGraph(store, version)).differences).toEqual([]);
  const replica = await verifyGraph(store, version, { key: keys.replica(version) });
  expect(replica.differences).toEqual([]);
};
const pathOf = (id: string, file: string) => join(folder, id, file);
/** Rewrites the manifest of a backup, as somebody who has its key. */
function editManifest(id: string, edit: (manifest: BackupManifest) => void): void {
  const path = pathOf(id, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as BackupManifest;
  edit(manifest);
  writeFileSync(path, JSON.stringify(signManifest(manifest, keysOfTests)));
}
const garble = (id: string, file: string) => {
  const bytes = readFileSync(pathOf(id, file));
  bytes.fill(0x55, bytes.length >> 1);
  writeFileSync(pathOf(id, file), bytes);
};
const otherEngine = (id: string) =>
  editManifest(id, (manifest) => {
    manifest.engine.version = '7.4.0-falkordb.4.2.0';
  });

describe('a backup', () => {
  it('vouches for the manifest that it holds', async () => {
    const { content } = await backup();
    const { digest } = graphBackupContent.parse(content);
    expect(await store.send(['GET', keys.backedDigest(A)])).toBe(digest);
  });

  it('of a place that is full while it is written fails, and leaves nothing', async () => {
    const full: BackupStore = {
      ...backups,
      create: async (kind) => {
        const draft = await backups.create(kind);
        const write = draft.write.bind(draft);
        draft.write = (name, content) => {
          if (name === backupFiles.neutral) {
            content.once('data', () => content.destroy(new Error('no space left')));
          }
          return write(name, content);
        };
        return draft;
      },
    };
    await expect(backupGraph(store, A, full, { scratch: startTestFalkor })).rejects.toThrow(
      'no space left',
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('counts because it was restored and verified, and says what it is of', async () => {
    const { id } = await backup();
    const [listed] = await backups.list();
    expect(listed).toMatchObject({
      id,
      kind: 'graph',
      engine: await engineOf(store),
      content: { version: A, edition: 'default', counts: { nodes: 6, edges: 7 } },
      verified: { engine: (await engineOf(store)).version },
    });
    expect(listed?.files.map(({ name }) => name).sort()).toEqual(Object.values(backupFiles).sort());
  });

  it('of a damaged graph is refused with what is wrong, and nothing is kept', async () => {
    await change('MATCH (p:Passage {id: "gen.1.2"}) SET p.text = "x"');
    const fault = await backup().catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(GraphDamagedError);
    expect((fault as Error).message).toContain('Passage of gen');
    expect(await backups.list()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that does not come back as it was is removed', async () => {
    const scratch = async () => {
      const server = await startTestFalkor();
      for (const id of readdirSync(folder)) garble(id, backupFiles.neutral);
      return server;
    };
    await expect(backupGraph(store, A, backups, { scratch })).rejects.toThrow();
    expect(await backups.list()).toEqual([]);
  });
});

describe('restoring', () => {
  it.each([
    ['texts altered', () => change('MATCH (p:Passage) SET p.text = "x"')],
    ['the key gone', () => store.send(['DEL', keys.graph(A)])],
    ['the pointer gone', () => store.send(['DEL', keys.active])],
    ['the pointer to nowhere', () => store.send(['SET', keys.active, B])],
    ['the store emptied', () => store.send(['FLUSHALL'])],
    ['another version active', () => activateSmall(store, B)],
  ])('repairs: %s', async (_, damage) => {
    const { id } = await backup();
    const before = (await readPointer(store))?.activation;
    await damage();
    const restored = await restoreGraph(store, backups, id);
    expect(restored).toMatchObject({ version: A, form: 'fast' });
    expect(await readPointer(store)).toEqual({ version: A, activation: restored.activation });
    expect(restored.activation).not.toBe(before);
    await sound(A);
  });

  it('takes the neutral form when the engine is another one, and says so', async () => {
    const { id } = await backup();
    otherEngine(id);
    await store.send(['FLUSHALL']);
    const restored = await restoreGraph(store, backups, id);
    expect(restored.form).toBe('neutral');
    expect(restored.why).toContain('another engine version (7.4.0-falkordb.4.2.0');
    await sound(A);
  });

  it('takes the form that is asked for, and no other', async () => {
    const { id } = await backup();
    const restored = await restoreGraph(store, backups, id, { form: 'neutral' });
    expect(restored).toMatchObject({ form: 'neutral', why: 'it was asked for' });
    await sound(A);
    garble(id, backupFiles.fast);
    await expect(restoreGraph(store, backups, id, { form: 'fast' })).rejects.toThrow();
    await sound(A);
  });

  it('takes the neutral form when the fast one is damaged, and says so', async () => {
    const { id } = await backup();
    garble(id, backupFiles.fast);
    const steps: string[] = [];
    const onStep = (step: string) => void steps.push(step);
    const restored = await restoreGraph(store, backups, id, { onStep });
    expect(restored.form).toBe('neutral');
    expect(restored.why).toContain('the fast form cannot be used');
    expect(steps).toContain(`loading the neutral form: ${restored.why}`);
    await sound(A);
  });

  it.each([
    [
      'both forms are damaged',
      (id: string) => [backupFiles.fast, backupFiles.neutral].map((file) => garble(id, file)),
    ],
    ['the graph’s own manifest is', (id: string) => garble(id, backupFiles.manifest)],
    [
      'it is of something else than it says',
      (id: string) =>
        editManifest(id, ({ content }) => {
          const { nodes } = content.checksums as { nodes: Record<string, { rows: number }> };
          (nodes.Passage as { rows: number }).rows = 4;
          Object.assign(nodes.Passage as object, { checksum: '0'.repeat(16) });
        }),
    ],
    [
      'its manifest was exchanged',
      (id: string) =>
        editManifest(id, ({ content }) => {
          content.digest = '0'.repeat(64);
        }),
    ],
  ])('leaves everything as it was when %s', async (_, spoil) => {
    const { id } = await backup();
    spoil(id);
    const before = await readPointer(store);
    await expect(restoreGraph(store, backups, id)).rejects.toThrow();
    expect(await readPointer(store)).toEqual(before);
    await sound(A);
    expect((await listGraphs(store)).map(({ version }) => version)).toEqual([A]);
    const left = (await store.send(['GRAPH.LIST'])) as string[];
    expect(left.sort()).toEqual([keys.graph(A), keys.replica(A)]);
  });

  it('names a backup that is not there', async () => {
    await expect(restoreGraph(store, backups, 'graph-20200101T000000Z-0000')).rejects.toThrow(
      /no backup graph-20200101T000000Z-0000/,
    );
  });
});
