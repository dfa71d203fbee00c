import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBackupStore } from './open.ts';
import { BackupDamagedError, BackupMissingError } from './store/backup.error.ts';
import { readAll, takeSample, testKeys } from './testing/sample.backup.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gospelib-backup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const HOURS_2 = 2 * 60 * 60 * 1000;

test('what was written is read again, and only its owner may', async () => {
  const store = openBackupStore(pathToFileURL(join(folder, 'backups')).href, testKeys);
  expect(await store.list()).toEqual([]);
  const bytes = randomBytes(300_000);
  const taken = await takeSample(store, bytes);
  expect(taken.id).toMatch(/^graph-\d{8}T\d{6}Z-[0-9a-f]{4}$/);
  expect(taken.files).toMatchObject([{ name: 'graph.zst', bytes: 300_000 }]);
  expect(await store.list()).toEqual([taken]);
  expect(await readAll(await (await store.open(taken.id)).read('graph.zst'))).toEqual(bytes);
  const at = join(folder, 'backups', taken.id);
  expect(statSync(at).mode & 0o777).toBe(0o700);
  expect(readdirSync(at).map((name) => [name, statSync(join(at, name)).mode & 0o777])).toEqual([
    ['graph.zst', 0o600],
    ['manifest.json', 0o600],
  ]);
});

test('the newest comes first, and a verified one says so', async () => {
  const store = openBackupStore(folder, testKeys);
  const old = await takeSample(store, Buffer.from('1'), new Date('2026-01-01T10:00:00Z'));
  const young = await takeSample(store, Buffer.from('2'), new Date('2026-01-02T10:00:00Z'));
  const verified = { at: '2026-01-02T10:00:05.000Z', seconds: 1.5, engine: 'falkordb 4.16.3' };
  const marked = await store.markVerified(young.id, verified);
  expect(marked).toEqual({ ...young, verified, signature: expect.anything() });
  expect(await store.list()).toEqual([marked, old]);
  await store.remove(young.id);
  await store.remove(young.id);
  expect(await store.list()).toEqual([old]);
});

test('a killed writer leaves no backup, and what it left goes with a later one', async () => {
  const script = fileURLToPath(new URL('./testing/killed.writer.ts', import.meta.url));
  const writer = spawn(process.execPath, [script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [id] = (await once(writer.stdout.setEncoding('utf8'), 'data')) as [string];
  writer.kill('SIGKILL');
  await once(writer, 'exit');
  const left = join(folder, id.trim());
  expect(readdirSync(left)).toContain('first');
  expect(readdirSync(left).some((name) => name.endsWith('.part'))).toBe(true);

  const store = openBackupStore(folder, testKeys);
  expect(await store.list()).toEqual([]);
  await takeSample(store, Buffer.from('1')); // it might still be at work: nothing is taken from it
  expect(readdirSync(left)).toContain('first');
  const taken = await takeSample(store, Buffer.from('2'), new Date(Date.now() + HOURS_2));
  expect(readdirSync(folder)).not.toContain(id.trim());
  expect((await store.list())[0]).toEqual(taken);
});

test('a source that fails leaves nothing of its file, and discarding leaves nothing at all', async () => {
  const store = openBackupStore(folder, testKeys);
  const draft = await store.create('database');
  await draft.write('a', Readable.from([Buffer.from('a')]));
  const failing = Readable.from(
    (async function* () {
      yield Buffer.from('some');
      throw new Error('the store went away');
    })(),
  );
  await expect(draft.write('b', failing)).rejects.toThrow('the store went away');
  expect(readdirSync(join(folder, draft.id))).toEqual(['a']);
  await draft.discard();
  expect(readdirSync(folder)).toEqual([]);
});

test('a backup of nothing is none', async () => {
  const draft = await openBackupStore(folder, testKeys).create('graph');
  const facts = { engine: { name: 'x', version: '1' }, content: {}, seconds: 0 };
  await expect(draft.finish(facts)).rejects.toThrow();
  expect(await openBackupStore(folder, testKeys).list()).toEqual([]);
});

test.each(['../x', 'a/b', '.hidden', 'manifest.json', ''])(
  'refuses the file name %j',
  async (name) => {
    const draft = await openBackupStore(folder, testKeys).create('graph');
    await expect(draft.write(name, Readable.from([]))).rejects.toThrow();
  },
);

test('what was cut short is named, and is not offered', async () => {
  const store = openBackupStore(folder, testKeys);
  const { id } = await takeSample(store, randomBytes(1_000));
  truncateSync(join(folder, id, 'graph.zst'), 999);
  expect(await store.list()).toEqual([]);
  const reason = `The backup ${id} is damaged: graph.zst has 999 bytes instead of 1000.`;
  expect((await store.survey()).damaged).toEqual([{ id, reason }]);
  await expect(store.open(id)).rejects.toThrow(BackupDamagedError);
  await store.remove(id);
  expect((await store.survey()).damaged).toEqual([]);
});

test('what was altered is noticed when it is read', async () => {
  const store = openBackupStore(folder, testKeys);
  const { id } = await takeSample(store, Buffer.alloc(1_000, 'a'));
  writeFileSync(join(folder, id, 'graph.zst'), Buffer.alloc(1_000, 'b'));
  const stream = await (await store.open(id)).read('graph.zst');
  await expect(readAll(stream)).rejects.toThrow(BackupDamagedError);
});

test.each(['{', '{}', 'x'.repeat(100)])('a manifest %j is no manifest', async (text) => {
  const store = openBackupStore(folder, testKeys);
  const { id } = await takeSample(store, Buffer.from('1'));
  writeFileSync(join(folder, id, 'manifest.json'), text);
  expect(await store.list()).toEqual([]);
  expect((await store.survey()).damaged[0]?.reason).toContain('its manifest cannot be read');
});

test('an unknown backup, a strange id and what else lies there', async () => {
  const store = openBackupStore(folder, testKeys);
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  utimesSync(join(folder, 'notes.txt'), 1, 1);
  await expect(store.open('graph-20260101T000000Z-0000')).rejects.toThrow(BackupMissingError);
  await expect(store.open('../..')).rejects.toThrow(BackupMissingError);
  await expect(store.remove('../..')).rejects.toThrow();
  await takeSample(store, Buffer.from('1'));
  expect(readdirSync(folder)).toContain('notes.txt');
});
