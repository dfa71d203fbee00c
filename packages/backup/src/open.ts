import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { folderStorage } from './storage/folder.storage.ts';
import { type S3Options, s3Storage } from './storage/s3.storage.ts';
import type { BackupKeys } from './store/backup.keys.ts';
import { type BackupStore, backupStoreOn } from './store/backup.store.ts';

/** How to reach an S3 server; a folder needs none of it. */
export type BackupStoreOptions = Partial<Omit<S3Options, 'bucket' | 'prefix'>>;

/**
 * The backups at an address: an absolute folder, `file:///…`, or `s3://bucket/prefix`.
 * Keys are read when they are first needed. S3 encrypts what is written (AES256) unless `encryption` says otherwise.
 * @throws Error for any other address
 */
export function openBackupStore(
  address: string,
  keys: () => Promise<BackupKeys>,
  options: BackupStoreOptions = {},
): BackupStore {
  if (isAbsolute(address)) return backupStoreOn(folderStorage(address), keys);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'file:') return backupStoreOn(folderStorage(fileURLToPath(url)), keys);
  if (url?.protocol === 's3:' && url.hostname !== '' && url.username === '') {
    const path = url.pathname.replace(/^\/+|\/+$/g, '');
    const prefix = path === '' ? '' : `${path}/`;
    return backupStoreOn(
      s3Storage({ encryption: 'AES256', ...options, bucket: url.hostname, prefix }),
      keys,
    );
  }
  throw new Error('Backups go to a folder (absolute path), file:///… or s3://bucket/prefix.');
}

const environment = z.object({
  BACKUP_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  BACKUP_S3_REGION: z.string().optional(),
  BACKUP_S3_PATH_STYLE: z.enum(['true', 'false']).optional(),
  BACKUP_S3_ENCRYPTION: z.enum(['AES256', 'aws:kms', 'none']).optional(),
  BACKUP_S3_KMS_KEY_ID: z.string().optional(),
});

/**
 * Options from the environment: BACKUP_S3_ENDPOINT, _REGION, _PATH_STYLE (true, false), _ENCRYPTION (AES256, aws:kms,
 * none) and _KMS_KEY_ID. Empty means unset. The SDK finds credentials by itself.
 * @throws Error naming every faulty variable, but no value
 */
export function readBackupOptions(env: NodeJS.ProcessEnv): BackupStoreOptions {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = environment.safeParse(set);
  if (!read.success) {
    const faults = read.error.issues.map(({ path }) => `${path.join('.')} cannot be used.`);
    throw new Error(faults.join('\n'));
  }
  const { data } = read;
  return {
    ...(data.BACKUP_S3_ENDPOINT && { endpoint: data.BACKUP_S3_ENDPOINT }),
    ...(data.BACKUP_S3_REGION && { region: data.BACKUP_S3_REGION }),
    ...(data.BACKUP_S3_PATH_STYLE && { pathStyle: data.BACKUP_S3_PATH_STYLE === 'true' }),
    ...(data.BACKUP_S3_ENCRYPTION && { encryption: data.BACKUP_S3_ENCRYPTION }),
    ...(data.BACKUP_S3_KMS_KEY_ID && { kmsKeyId: data.BACKUP_S3_KMS_KEY_ID }),
  };
}
