import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess, isAlive, ownIdentity } from '@gospelib/processes';
import type { RunningStore, StoreOptions } from '../store.types.ts';
import { recordedStore } from './data.folder.ts';

const PREFIX = 'gospelib-scratch-';

/**
 * Starts an empty store in a new folder inside `within`; `stop()` removes the folder. By default it does not survive a
 * crash, which makes it fast. Folders left by killed processes of this user are removed first.
 */
export async function startScratch(
  start: (options: StoreOptions) => Promise<RunningStore>,
  { within, ...options }: Omit<StoreOptions, 'dataDir'> & { within: string },
): Promise<RunningStore> {
  mkdirSync(within, { recursive: true });
  await sweep(within);
  const dataDir = makeFolder(within);
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const store = await start({ persistence: false, ...options, dataDir });
    return {
      ...store,
      stop: async () => {
        await store.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Its name identifies the owning process: `gospelib-scratch-<pid>~<start>~<random>`. */
function makeFolder(within: string): string {
  const { pid, started } = ownIdentity();
  return mkdtempSync(join(within, `${PREFIX}${pid}~${encodeURIComponent(started)}~`));
}

async function sweep(within: string): Promise<void> {
  for (const name of readdirSync(within)) {
    const [pid, started] = name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('~') : [];
    if (pid === undefined || started === undefined) continue;
    const folder = join(within, name);
    if (isAlive({ pid: Number(pid), started: decodeURIComponent(started) })) continue;
    if (!isOwn(folder)) continue;
    const store = recordedStore(folder);
    if (store !== undefined) await endProcess(store, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

function isOwn(folder: string): boolean {
  try {
    return statSync(folder).uid === process.getuid?.();
  } catch {
    return false; // another process removed it first
  }
}
