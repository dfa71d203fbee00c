import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readSecret } from '@gospelib/stores';
import { folders, type LocalConfig } from '../config/local.config.ts';

/**
 * A secret of this machine's platform, one a file; each is made when it is first asked for.
 * @throws Error for a name that is not in the catalogue
 */
export function secretOf(config: LocalConfig, name: string): string {
  if (config.catalogue.secrets[name] === undefined)
    throw new Error(`The catalogue has no secret ${name}.`);
  const folder = folders.secrets(config);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return readSecret(join(folder, name));
}
