import { expect, test } from 'vitest';
import { openBackupStore, readBackupOptions } from './open.ts';
import { testKeys } from './testing/sample.backup.ts';

test.each([
  ['/var/backups', '/var/backups'],
  ['file:///var/my%20backups', '/var/my backups'],
  ['s3://bucket', 's3://bucket/'],
  ['s3://bucket/nightly/', 's3://bucket/nightly/'],
])('%s', (address, place) => {
  expect(openBackupStore(address, testKeys).place).toBe(place);
});

test.each(['backups', 'ftp://x/y', 's3://key:secret@bucket', 's3:///x', ''])(
  'refuses %j',
  (address) => {
    expect(() => openBackupStore(address, testKeys)).toThrow('Backups go to a folder');
  },
);

test('options come from the environment; what is empty is not set', () => {
  expect(readBackupOptions({ BACKUP_S3_ENDPOINT: '', PATH: '/bin' })).toEqual({});
  expect(
    readBackupOptions({
      BACKUP_S3_ENDPOINT: 'http://127.0.0.1:9000',
      BACKUP_S3_REGION: 'eu-central-1',
      BACKUP_S3_PATH_STYLE: 'true',
      BACKUP_S3_ENCRYPTION: 'aws:kms',
      BACKUP_S3_KMS_KEY_ID: 'alias/backups',
    }),
  ).toEqual({
    endpoint: 'http://127.0.0.1:9000',
    region: 'eu-central-1',
    pathStyle: true,
    encryption: 'aws:kms',
    kmsKeyId: 'alias/backups',
  });
});

test('faults are named together, without their values', () => {
  const env = { BACKUP_S3_ENDPOINT: 'secret-host', BACKUP_S3_ENCRYPTION: 'rot13' };
  expect(() => readBackupOptions(env)).toThrow(
    'BACKUP_S3_ENDPOINT cannot be used.\nBACKUP_S3_ENCRYPTION cannot be used.',
  );
});
