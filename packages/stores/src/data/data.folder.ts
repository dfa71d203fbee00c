import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from '@gospelib/processes';
import { acquireLock, endProcess } from '@gospelib/processes';
import { EngineVersionError } from '../store.error.ts';
import { readSecret } from './secret.file.ts';

/** A store's folder, held by this process: the secret, the engine's mark, and who runs in it. */
export interface DataFolder {
  path: string;
  secret: string;
  /** Notes the store's process, so that the next start can clear it if we die. */
  record(store: ProcessIdentity): void;
  close(): void;
}

/**
 * Opens a store's folder: locks it and ends a store that a killed process left running in it.
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

/** The process noted in a store's folder; undefined when there is no note. It may be long gone. */
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
    const { pid, started } = JSON.parse(readFileSync(file, 'utf8')) as Partial<ProcessIdentity>;
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : undefined;
  } catch {
    return undefined; // cut short by a kill; nothing can be said about it
  }
}

/** Some engine versions crash on another's files, so a folder is opened by the one that wrote it only. */
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
    'Move that folder away (what it holds is then made anew), or run the version that wrote it.',
  );
}
