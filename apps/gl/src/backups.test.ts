import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBackups } from './backups.ts';
import { readConfig } from './config.ts';
import { cli, scratchFolder } from './testing/cli.ts';

test('a place that cannot be reached is named, with what says where it is', async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'file'), '');
  const GOSPELIB_BACKUPS = join(folder, 'file/backups');
  const result = await cli(['db', 'backups', '--data', folder], { GOSPELIB_BACKUPS });
  expect(result.code).toBe(1);
  expect(result.stderr).toMatch(/^gl: The backups in .*file\/backups cannot be reached: ENOTDIR/);
  expect(result.stderr).toContain('GOSPELIB_BACKUPS says where they lie');
});

test('a bucket that does not answer is told the same way, without a stack', async () => {
  const env = {
    GOSPELIB_BACKUPS: 's3://library/x',
    BACKUP_S3_ENDPOINT: 'http://127.0.0.1:9',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  };
  const backups = openBackups(readConfig({}, env));
  await expect(backups.list()).rejects.toMatchObject({ name: 'OperatorError' });
});

test('what is no address is wrong use', async () => {
  expect(() => openBackups(readConfig({}, { GOSPELIB_BACKUPS: 'ftp://x/y' }))).toThrow(
    expect.objectContaining({ name: 'UsageError' }),
  );
});
