import { Readable } from 'node:stream';
import type { BackupKeys } from '../store/backup.keys.ts';
import type { BackupManifest } from '../store/backup.manifest.ts';
import type { BackupStore } from '../store/backup.store.ts';

/** Keys of tests, which encrypt nothing. */
export const testKeys = async (): Promise<BackupKeys> => ({
  signing: ['a key of tests, which signs their backups'],
  identities: [],
});

const engine = { name: 'falkordb', version: '4.16.3' };

/** Takes a backup of one file. */
export async function takeSample(
  store: BackupStore,
  bytes: Buffer,
  now?: Date,
): Promise<BackupManifest> {
  const draft = await store.create('graph', now);
  await draft.write('graph.zst', Readable.from([bytes]));
  return draft.finish({ engine, content: { version: 'abc' }, seconds: 0.5 });
}

export async function readAll(stream: Readable): Promise<Buffer> {
  return Buffer.concat(await stream.toArray());
}
