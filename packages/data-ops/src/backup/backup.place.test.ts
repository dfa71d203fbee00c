import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '@gospelib/testkit';
import { expect, test } from 'vitest';
import { openBackups } from './backup.place.ts';

const at = (
  address: string,
  settings: NodeJS.ProcessEnv = {},
  identities: () => Promise<string | undefined> = async () => undefined,
) =>
  openBackups({
    backups: () => ({ address, settings, identities }),
    secret: async () => 's'.repeat(43),
  });

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

test('keys of the environment open what is encrypted, unless the operator names others', async () => {
  const kept = async () => 'no identity';
  const own = 'AGE-SECRET-KEY-1TKZDF2TGA6ZQWMVAXNDWAQANMTHN34WGA5M260YPQFG3PGDDF6FSAEGXM3';
  const folder = scratchFolder();
  const begin = (settings: NodeJS.ProcessEnv) => at(folder, settings, kept).create('graph');
  await expect(begin({})).rejects.toThrow('BACKUP_AGE_IDENTITIES cannot be used');
  await expect(begin({ BACKUP_AGE_IDENTITIES: own })).resolves.toBeDefined();
});
