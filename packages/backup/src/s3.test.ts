import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type BackupStoreOptions, openBackupStore } from './open.ts';
import { BackupDamagedError, BackupMissingError } from './store/backup.error.ts';
import { type FakeS3, startFakeS3 } from './testing/fake.s3.ts';
import { readAll, takeSample, testKeys } from './testing/sample.backup.ts';

let s3: FakeS3;

beforeEach(async () => {
  s3 = await startFakeS3('bucket');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'reader');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'of-books');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await s3.close();
});

function open(options: BackupStoreOptions = {}) {
  const server = { endpoint: s3.url, region: 'eu-test-1', pathStyle: true };
  return openBackupStore('s3://bucket/nightly', testKeys, { ...server, ...options });
}

test('what was written is read again, and lies there encrypted', async () => {
  const store = open();
  const bytes = randomBytes(100_000);
  const taken = await takeSample(store, bytes);
  expect(await store.list()).toEqual([taken]);
  expect(await readAll(await (await store.open(taken.id)).read('graph.zst'))).toEqual(bytes);
  expect([...s3.objects].map(([key, { encryption }]) => [key, encryption])).toEqual([
    [`nightly/${taken.id}/graph.zst`, 'AES256'],
    [`nightly/${taken.id}/manifest.json`, 'AES256'],
  ]);
});

test('a large file goes up in parts, encrypted too', async () => {
  const store = open({ encryption: 'aws:kms', kmsKeyId: 'key-1' });
  const bytes = randomBytes(20 * 1024 * 1024);
  const { id } = await takeSample(store, bytes);
  expect(s3.requests.filter((request) => request.includes('partNumber'))).toHaveLength(3);
  expect(s3.objects.get(`nightly/${id}/graph.zst`)?.encryption).toBe('aws:kms');
  expect((await readAll(await (await store.open(id)).read('graph.zst'))).equals(bytes)).toBe(true);
});

test('a server that wants encryption refuses who leaves it out, and nothing is listed', async () => {
  const store = open({ encryption: 'none' });
  await expect(takeSample(store, Buffer.from('1'))).rejects.toThrow('EncryptionRequired');
  expect(s3.objects.size).toBe(0);
});

test('a listing of many pages is read to its end', async () => {
  const store = open();
  for (const value of ['1', '2', '3']) await takeSample(store, Buffer.from(value));
  s3.requests.length = 0;
  expect(await store.list()).toHaveLength(3);
  expect(s3.requests.filter((request) => request.includes('continuation-token'))).toHaveLength(2);
});

test('a survey reads each manifest once; reading the files of a backup reads one manifest', async () => {
  const store = open();
  const taken = [];
  for (const value of ['1', '2', '3']) taken.push(await takeSample(store, Buffer.from(value)));
  const manifestReads = () => s3.reads.filter((key) => key.endsWith('/manifest.json'));
  s3.reads.length = 0;
  expect(await store.survey()).toMatchObject({ whole: { length: 3 }, damaged: [] });
  expect(manifestReads()).toHaveLength(3);

  s3.reads.length = 0;
  const id = taken[1]?.id ?? '';
  const backup = await store.open(id);
  expect(await readAll(await backup.read('graph.zst'))).toEqual(Buffer.from('2'));
  expect(await readAll(await backup.read('graph.zst'))).toEqual(Buffer.from('2'));
  const file = `nightly/${id}/graph.zst`;
  expect(s3.reads).toEqual([`nightly/${id}/manifest.json`, file, file]);
});

test('what another prefix holds is left alone', async () => {
  const stranger = { bytes: Buffer.from('x'), encryption: 'AES256', changedAt: new Date(0) };
  s3.objects.set('weekly/graph-20260101T000000Z-0000/graph.zst', stranger);
  await takeSample(open(), Buffer.from('1'));
  expect(s3.objects.size).toBe(3);
});

test('a source that fails leaves no upload, a killed one goes with a later backup', async () => {
  const store = open();
  const draft = await store.create('graph');
  const failing = Readable.from(
    (async function* () {
      yield Buffer.alloc(9 * 1024 * 1024);
      throw new Error('the store went away');
    })(),
  );
  await expect(draft.write('a', failing)).rejects.toThrow('the store went away');
  expect([s3.uploads.size, s3.objects.size]).toEqual([0, 0]);

  const key = `nightly/${draft.id}/a`;
  const left = { key, encryption: 'AES256', parts: new Map(), initiatedAt: new Date() };
  s3.uploads.set('left', left);
  s3.objects.set(key, { bytes: Buffer.from('1'), encryption: 'AES256', changedAt: new Date() });
  await store.create('graph');
  expect([s3.uploads.size, s3.objects.size]).toEqual([1, 1]);
  await store.create('graph', new Date(Date.now() + 2 * 60 * 60 * 1000));
  expect([s3.uploads.size, s3.objects.size]).toEqual([0, 0]);
});

test('what was altered there is noticed when it is read', async () => {
  const store = open();
  const { id } = await takeSample(store, Buffer.alloc(1_000, 'a'));
  const stored = s3.objects.get(`nightly/${id}/graph.zst`);
  stored?.bytes.fill('b');
  await expect(readAll(await (await store.open(id)).read('graph.zst'))).rejects.toThrow(
    BackupDamagedError,
  );
  s3.objects.delete(`nightly/${id}/graph.zst`);
  expect((await store.survey()).damaged[0]?.reason).toContain('graph.zst is missing');
});

test('a backup verified, removed, asked for in vain', async () => {
  const store = open();
  const { id } = await takeSample(store, Buffer.from('1'));
  const verified = { at: '2026-01-02T10:00:05.000Z', seconds: 1.5, engine: 'falkordb 4.16.3' };
  await store.markVerified(id, verified);
  expect((await store.list())[0]?.verified).toEqual(verified);
  await store.remove(id);
  expect(s3.objects.size).toBe(0);
  await expect(store.open(id)).rejects.toThrow(BackupMissingError);
});
