import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from '@gospelib/processes';
import { acquireLock, endProcess } from '@gospelib/processes';
import { z } from 'zod';
import { EngineVersionError } from '../store.error.ts';
import { readSecret } from './secret.file.ts';

const identity = z.object({ pid: z.int().positive(), started: z.string() });

/** A store's folder, locked by this process: its secret, the engine that wrote it, and the process using it. */
export interface DataFolder {
  path: string;
  secret: string;
  /** Records the store's process, so that the next start can end it if we are killed. */
  record(store: ProcessIdentity): void;
  close(): void;
}

/**
 * Opens and locks a store's folder, and ends a store that a killed process left running in it.
 * @throws LockedError when a living process holds the folder
 * @throws EngineVersionError when another engine version wrote it
 */
export async function openDataFolder(path: string, engine: string): Promise<DataFolder> {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o700);
  const lock = await acquireLock(join(path, 'owner.lock'), `The data folder ${path}`);
  const pidFile = join(path, 'store.pid.json');
  try {
    await endOrphan(pidFile);
    checkEngine(path, engine);
    const secret = readSecret(join(path, 'secret'));
    return {
      path,
      secret,
      record: (store) => writeFileSync(pidFile, JSON.stringify(store), { mode: 0o600 }),
      close: () => {
        rmSync(pidFile, { force: true });
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The process recorded in a store's folder, which may have ended; undefined when there is no record. */
export function recordedStore(path: string): ProcessIdentity | undefined {
  const pidFile = join(path, 'store.pid.json');
  return existsSync(pidFile) ? readIdentity(pidFile) : undefined;
}

async function endOrphan(pidFile: string): Promise<void> {
  const orphan = existsSync(pidFile) ? readIdentity(pidFile) : undefined;
  if (orphan !== undefined) await endProcess(orphan);
  rmSync(pidFile, { force: true });
}

function readIdentity(file: string): ProcessIdentity | undefined {
  try {
    return identity.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // truncated by a kill, so the process is unknown
  }
}

/** Some engine versions crash on the files of another, so only the version that wrote a folder opens it. */
function checkEngine(path: string, engine: string): void {
  const file = join(path, 'engine');
  if (!existsSync(file)) {
    writeFileSync(file, `${engine}\n`);
    return;
  }
  const writer = readFileSync(file, 'utf8').trim();
  if (writer === engine) return;
  throw new EngineVersionError(
    `The data in ${path} was written by ${writer}; this is ${engine}.`,
    'Move that folder away (its content is then created anew), or run the version that wrote it.',
  );
}
