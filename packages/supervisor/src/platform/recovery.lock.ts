import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RecoveryHolder, RecoveryLock } from '@gospelib/environment';
import { acquireLock, LockedError } from '@gospelib/processes';
import { folders, type LocalConfig } from '../config/local.config.ts';

/** In the data folder, so that whoever repairs the same data is noticed; that of a dead process is taken over. */
export async function lockRecovery(config: LocalConfig): Promise<RecoveryLock | RecoveryHolder> {
  mkdirSync(folders.run(config), { recursive: true });
  const file = join(folders.run(config), 'recovery.lock');
  try {
    return await acquireLock(file, 'The recovery');
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    // Released in between: it is to be tried again.
    const since = statSync(file, { throwIfNoEntry: false })?.mtime ?? new Date();
    return { who: `process ${error.pid} of this machine`, since: since.toISOString() };
  }
}
