import { setTimeout as sleep } from 'node:timers/promises';
import { MigrationLockedError } from '@gospelib/database';

const TIMEOUT_MS = 60_000;
const POLL_MS = 250;

/**
 * Waits a minute at most while a backup or another run of migrations is at work; a killed one's lock goes when PostgreSQL
 * notices that it is gone.
 * @param onWait told once, when there is something to wait for
 * @throws MigrationLockedError, and what `work` throws
 */
export async function whenFree<T>(work: () => Promise<T>, onWait?: () => void): Promise<T> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (let waiting = false; ; waiting = true) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof MigrationLockedError) || Date.now() > deadline) throw error;
      if (!waiting) onWait?.();
      await sleep(POLL_MS);
    }
  }
}
