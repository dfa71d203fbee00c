import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openBackupStore } from './open.ts';
import { removeExpired } from './retention.ts';
import { readBackupKeys } from './store/backup.keys.ts';
import { readAll, takeSample } from './testing/sample.backup.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gospelib-backup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const [first, second] = ['first '.repeat(8), 'second '.repeat(8)];
const openWith = (signing: readonly string[], identities: readonly string[] = []) =>
  openBackupStore(folder, async () => ({ signing, identities }));
const bytes = Buffer.from('in the beginning '.repeat(20_000));
const verified = { at: '2026-01-02T10:00:05.000Z', seconds: 1.5, engine: 'falkordb 4.16.3' };

function edit(id: string, change: (manifest: Record<string, unknown>) => unknown): void {
  const path = join(folder, id, 'manifest.json');
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))));
}

describe('a manifest is signed', () => {
  test('and read by whoever has the key, a rotated one too', async () => {
    const { id, signature } = await takeSample(openWith([first]), bytes);
    expect(signature?.hmac).toMatch(/^[0-9a-f]{64}$/);
    const rotated = openWith([second, first]);
    expect((await rotated.list()).map((one) => one.id)).toEqual([id]);
    // What is written again is signed by the key of now.
    const marked = await rotated.markVerified(id, verified);
    expect(marked.signature?.key).not.toBe(signature?.key);
    expect(await openWith([second]).list()).toEqual([marked]);
  });

  test.each([
    ['its content', { content: { version: 'other', sql: 'DROP TABLE notes' } }],
    [
      'the digest of a file',
      { files: [{ name: 'graph.zst', bytes: 340_000, sha256: '0'.repeat(64) }] },
    ],
    ['that it was verified', { verified }],
    ['what the schema of manifests does not know', { more: 1 }],
  ])('and damaged when somebody alters %s', async (_, change) => {
    const store = openWith([first]);
    const { id } = await takeSample(store, bytes);
    edit(id, (manifest) => ({ ...manifest, ...change }));
    expect(await store.list()).toEqual([]);
    const reason = `The backup ${id} is damaged: its manifest was altered after it was signed.`;
    expect((await store.survey()).damaged).toEqual([{ id, reason }]);
    await expect(store.open(id, true)).rejects.toThrow(reason);
  });

  test('and the manifest of another backup does not fit', async () => {
    const store = openWith([first]);
    const [one, two] = [await takeSample(store, bytes), await takeSample(store, bytes)];
    edit(one.id, () => ({ ...two, id: one.id }));
    expect((await store.list()).map(({ id }) => id)).toEqual([two.id]);
  });

  test.each([
    ['not signed', 'is not signed', (manifest: object) => ({ ...manifest, signature: undefined })],
    ['signed by somebody else', 'which is not here', (manifest: object) => manifest],
  ])(
    'one that is %s counts for nothing, and is read only when that is accepted',
    async (_, why, change) => {
      const { id } = await takeSample(openWith([first]), bytes);
      edit(id, change);
      const store = openWith([second]);
      const survey = await store.survey();
      expect([survey.whole, survey.damaged]).toEqual([[], []]);
      expect(survey.unproven).toEqual([
        { manifest: expect.objectContaining({ id }), reason: expect.stringContaining(why) },
      ]);
      await expect(store.open(id)).rejects.toMatchObject({ name: 'BackupUnprovenError' });
      // Nor does it become ours by being looked at.
      await expect(store.markVerified(id, verified)).rejects.toThrow(why);
      const accepted = await store.open(id, true);
      expect(accepted.proven).toBe(false);
      expect(await readAll(await accepted.read('graph.zst'))).toEqual(bytes);
    },
  );

  test('strange ones push none of ours out, however new and verified they say they are', async () => {
    const store = openWith([first]);
    const ours = await takeSample(store, bytes, new Date('2020-01-01T00:00:00Z'));
    await store.markVerified(ours.id, verified);
    for (let day = 1; day <= 8; day++) {
      const now = new Date(`2026-01-0${day}T00:00:00Z`);
      const { id } = await takeSample(store, Buffer.from('x'), now);
      edit(id, ({ signature: _, ...manifest }) => ({ ...manifest, verified }));
    }
    const removed = await removeExpired(store, { newest: 1, days: 0, months: 0 });
    expect(removed).toHaveLength(7);
    expect((await store.list()).map(({ id }) => id)).toEqual([ours.id]);
  });
});

describe('with an identity of age files are encrypted', () => {
  test('and read again by an older key, too; without it nobody reads them', async () => {
    const [old, young] = [await generateX25519Identity(), await generateX25519Identity()];
    const { id, encryption } = await takeSample(openWith([first], [old]), bytes);
    expect(encryption).toEqual({ method: 'age', recipient: expect.stringMatching(/^age1/) });
    const stored = readFileSync(join(folder, id, 'graph.zst'));
    expect(stored.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    expect(stored.includes('beginning')).toBe(false);
    const backup = await openWith([first], [young, old]).open(id);
    expect(await readAll(await backup.read('graph.zst'))).toEqual(bytes);
    await expect(openWith([first], [young]).open(id)).rejects.toMatchObject({
      name: 'BackupSealedError',
      message: expect.stringContaining(encryption?.recipient ?? ''),
    });
  });

  test('and what was altered in them is damage', async () => {
    const identity = await generateX25519Identity();
    const store = openWith([first], [identity]);
    const { id } = await takeSample(store, bytes);
    const path = join(folder, id, 'graph.zst');
    const stored = readFileSync(path);
    stored[200_000] = (stored[200_000] ?? 0) ^ 1;
    writeFileSync(path, stored);
    const reading = async () => readAll(await (await store.open(id)).read('graph.zst'));
    await expect(reading()).rejects.toMatchObject({ name: 'BackupDamagedError' });
  });
});

describe('keys', () => {
  const made = async () => 'm'.repeat(43);

  test('are those of the environment, else the one that was made', async () => {
    const env = { BACKUP_SIGNING_KEYS: `${'a'.repeat(32)},${'b'.repeat(32)}` };
    expect((await readBackupKeys(env, made)).signing).toEqual(['a'.repeat(32), 'b'.repeat(32)]);
    const empty = { BACKUP_SIGNING_KEYS: '', BACKUP_AGE_IDENTITIES: '' };
    expect(await readBackupKeys(empty, made)).toEqual({ signing: [await made()], identities: [] });
    const identity = await generateX25519Identity();
    expect((await readBackupKeys({ BACKUP_AGE_IDENTITIES: identity }, made)).identities).toEqual([
      identity,
    ]);
  });

  test('that are too short or malformed are named, without their values', async () => {
    const env = { BACKUP_SIGNING_KEYS: 'short', BACKUP_AGE_IDENTITIES: 'AGE-SECRET-KEY-1X' };
    await expect(readBackupKeys(env, made)).rejects.toThrow(
      'BACKUP_SIGNING_KEYS cannot be used.\nBACKUP_AGE_IDENTITIES cannot be used.',
    );
  });
});
