import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '@gospelib/testkit';
import { expect, test } from 'vitest';
import { folders } from '../config/local.config.ts';
import { localConfig } from '../testing/repository.ts';
import { isSecretKept, keepSecrets, restoreSecret, secretOf } from './local.secrets.ts';

const NAME = 'accounts-auth';

test('a secret with which the platform was ready is kept for its owner, and comes back after a slip', () => {
  const config = localConfig({ data: scratchFolder() });
  const secret = secretOf(config, NAME);
  expect(isSecretKept(config, NAME)).toBe(false);
  keepSecrets(config);
  expect(isSecretKept(config, NAME)).toBe(false);
  const kept = join(folders.secrets(config), 'kept', NAME);
  expect(statSync(kept).mode & 0o777).toBe(0o600);

  const file = join(folders.secrets(config), NAME);
  const other = (secret.startsWith('x') ? 'y' : 'x') + secret.slice(1);
  for (const slip of [() => writeFileSync(file, other), () => rmSync(file)]) {
    slip();
    expect(isSecretKept(config, NAME)).toBe(true);
    restoreSecret(config, NAME);
    expect(secretOf(config, NAME)).toBe(secret);
  }
});

test('where somebody else keeps the secrets none is made: one that is missing is named', () => {
  const folder = scratchFolder();
  const config = localConfig({ data: scratchFolder() }, { GOSPELIB_SECRETS: folder });
  expect(() => secretOf(config, NAME)).toThrow(`There is no secret ${NAME} in ${folder}`);
  writeFileSync(join(folder, NAME), 'of the cluster\n');
  expect(secretOf(config, NAME)).toBe('of the cluster');
});
