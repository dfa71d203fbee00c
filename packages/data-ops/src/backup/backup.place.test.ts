import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '@gospelib/testkit';
import { expect, test } from 'vitest';
import { openBackups } from './backup.place.ts';

const at = (address: string, settings: NodeJS.ProcessEnv = {}) =>
  openBackups({ backups: () => ({ address, settings }), secret: async () => 's'.repeat(43) });

test('a folder that cannot be reached is named, with what says where it is', async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'file'), '');
  await expect(at(join(folder, 'file/backups')).list()).rejects.toMatchObject({
    name: 'OperatorError',
    what: expect.stringMatching(/The backups in .*file\/backups cannot be reached: ENOTDIR/),
    remedy: expect.stringContaining('GOSPELIB_BACKUPS says where they lie'),
  });
});

test('a bucket that does not answer is told the same way', async () => {
  const settings = {
    BACKUP_S3_ENDPOINT: 'http://127.0.0.1:9',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  };
  await expect(at('s3://bucket/x', settings).list()).rejects.toMatchObject({
    name: 'OperatorError',
  });
});

test('what is no address is wrong use', () => {
  expect(() => at('ftp://x/y')).toThrow(expect.objectContaining({ name: 'UsageError' }));
});
