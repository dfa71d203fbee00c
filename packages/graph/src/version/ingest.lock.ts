import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { GraphStore } from '../store/graph.store.ts';
import { keys } from '../store/store.keys.ts';
import { startHeartbeat } from './lock.heartbeat.ts';
import { EXPIRY_MS, OWNS, RELEASE, TAKE } from './lock.scripts.ts';

/** Another ingest is running on the same store. */
export class IngestLockedError extends Error {
  override readonly name = 'IngestLockedError';
}

/** Another ingest took the lock while this process stood still for longer than the lock lasts. */
export class IngestLockLostError extends IngestLockedError {
  constructor(options?: ErrorOptions) {
    super(
      'This process stood still for so long that another ingest or restore took the lock of the store. ' +
        'Nothing was activated here. Wait until the other one is done, and run this one again.',
      options,
    );
  }
}

export interface IngestLock {
  readonly token: string;
  /** Part of the staging keys: two runs never write to the same one. */
  readonly run: string;
  /** @throws IngestLockLostError when another one has taken the lock since */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes the one lock of the store. It expires 15 s after its holder has ended or stands still; a holder that was a
 * process of this machine and is gone loses it at once. A holder that goes on after it expired has it again, unless
 * another one took it meanwhile: see `OWNS`.
 * @throws IngestLockedError
 */
export async function lockIngest(store: GraphStore): Promise<IngestLock> {
  const run = randomUUID();
  const token = `${hostname()} ${process.pid} ${run}`;
  const ask = (script: string, as: string): Promise<unknown> =>
    store.send(['EVAL', script, '2', keys.lock, keys.lockHolder, as, String(EXPIRY_MS)]);
  if ((await ask(TAKE, token)) !== 1) {
    const holder = await store.send(['GET', keys.lock]);
    if (typeof holder === 'string') {
      if (!isGone(holder)) throw new IngestLockedError(describe(holder));
      await ask(RELEASE, holder);
    }
    if ((await ask(TAKE, token)) !== 1) {
      throw new IngestLockedError('Another ingest has just begun.');
    }
  }
  const endHeartbeat = startHeartbeat(store.url, token);
  return {
    token,
    run,
    assertHeld: async () => {
      if ((await ask(OWNS, token)) !== 1) throw new IngestLockLostError();
    },
    release: async () => {
      await endHeartbeat();
      await ask(RELEASE, token);
    },
  };
}

/**
 * Holds the lock while work is done.
 * @throws IngestLockedError, and IngestLockLostError instead of whatever the work met with after it had lost the lock
 */
export async function withIngestLock<T>(
  store: GraphStore,
  work: (lock: IngestLock) => Promise<T>,
): Promise<T> {
  const lock = await lockIngest(store);
  try {
    return await work(lock);
  } catch (error) {
    await lock.assertHeld().catch((lost: unknown) => {
      if (lost instanceof IngestLockLostError) throw new IngestLockLostError({ cause: error });
    });
    throw error;
  } finally {
    await lock.release().catch(() => undefined); // it expires
  }
}

/**
 * Whether somebody holds the lock; a holder that is known to be gone does not count, though the lock is still there.
 */
export async function isIngestAtWork(store: GraphStore): Promise<boolean> {
  const holder = await store.send(['GET', keys.lock]);
  return typeof holder === 'string' && !isGone(holder);
}

function isGone(holder: string): boolean {
  const [host, pid] = holder.split(' ');
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function describe(holder: string): string {
  const [host, pid] = holder.split(' ');
  return `Another ingest or restore is at work on this store (process ${pid} on ${host}). Wait until it is done.`;
}
