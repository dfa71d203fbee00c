import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readSecret } from '@gospelib/stores';
import { type Config, secretsFolder } from '../config.ts';

/** Secrets of this machine's platform, one a file; each is made when it is first asked for. */
export type SecretName =
  | 'accounts-auth'
  | 'accounts-database'
  | 'accounts-internal'
  | 'study-database';

export function secretOf(config: Config, name: SecretName): string {
  const folder = secretsFolder(config);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return readSecret(join(folder, name));
}
