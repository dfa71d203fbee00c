import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';
import { readSecret } from '@gospelib/stores';
import { folders, type LocalConfig } from '../config/local.config.ts';

/**
 * A secret of this machine's platform, one a file; each is made when it is first asked for, but where somebody else keeps
 * them (GOSPELIB_SECRETS).
 * @throws Error for a name that is not in the catalogue
 * @throws OperatorError for one that is not there and is not ours to make
 */
export function secretOf(config: LocalConfig, name: string): string {
  if (config.catalogue.secrets[name] === undefined)
    throw new Error(`The catalogue has no secret ${name}.`);
  if (config.givenSecrets !== undefined) return readGiven(config.givenSecrets, name);
  const folder = folders.secrets(config);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return readSecret(join(folder, name));
}

function readGiven(folder: string, name: string): string {
  const file = join(folder, name);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  throw new OperatorError(
    `There is no secret ${name} in ${folder}, where GOSPELIB_SECRETS says that they lie. Nothing was changed.`,
    `Mount the secret there as a file named ${name}.`,
  );
}

/**
 * Keeps a copy of each secret with which the platform was ready: what a secret has encrypted is lost with it. It guards
 * against a slip in the file, not against the loss of the disk.
 */
export function keepSecrets(config: LocalConfig): void {
  const kept = join(folders.secrets(config), KEPT);
  mkdirSync(kept, { recursive: true, mode: 0o700 });
  for (const name of Object.keys(config.catalogue.secrets)) {
    const file = join(folders.secrets(config), name);
    if (existsSync(file)) copyFileSync(file, join(kept, name));
  }
}

/** Whether another value is kept than the one that is in use. */
export function isSecretKept(config: LocalConfig, name: string): boolean {
  const kept = keptFile(config, name);
  return existsSync(kept) && readFileSync(kept, 'utf8').trim() !== secretOf(config, name);
}

/** Puts the kept value in the place of the one in use. @throws Error when none is kept */
export function restoreSecret(config: LocalConfig, name: string): void {
  copyFileSync(keptFile(config, name), join(folders.secrets(config), name));
}

const KEPT = 'kept';

function keptFile(config: LocalConfig, name: string): string {
  return join(folders.secrets(config), KEPT, name);
}
