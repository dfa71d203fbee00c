import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';

/** The secret in a file that only its owner can read; created on first use. Safe in a URL. */
export function readSecret(file: string): string {
  if (existsSync(file)) {
    const secret = readFileSync(file, 'utf8').trim();
    if (secret.length >= 32) {
      chmodSync(file, 0o600);
      return secret;
    }
  }
  const secret = randomBytes(32).toString('base64url');
  writeFileSync(file, secret, { mode: 0o600 });
  chmodSync(file, 0o600);
  return secret;
}

/**
 * The secret of a store whose folder another process may have locked. @throws OperatorError when no store was ever
 * started there
 */
export function readStoreSecret(dataDir: string): string {
  const file = join(dataDir, 'secret');
  if (!existsSync(file)) throw new OperatorError(`No store was ever started in ${dataDir}.`);
  return readFileSync(file, 'utf8').trim();
}
