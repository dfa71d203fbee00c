import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { GraphStore } from '../store/graph.store.ts';
import { keys } from '../store/store.keys.ts';

/** Another ingest is running on the same store. */
export class IngestLockedError extends Error {
  override readonly name = 'IngestLockedError';
}

const EXPIRY = 15_000;
const HEARTBEAT = 3_000;
// Only the holder may extend or release the lock.
const IF_HELD = "if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end ";
const PROLONG = `${IF_HELD} return redis.call('PEXPIRE', KEYS[1], ARGV[2])`;
const RELEASE = `${IF_HELD} return redis.call('DEL', KEYS[1])`;

export interface IngestLock {
  readonly token: string;
  /** Part of the staging keys: two runs never write to the same one. */
  readonly run: string;
  release(): Promise<void>;
}

/**
 * Takes the one lock of the store. It expires 15 s after its holder has ended; a holder that was a process of this
 * machine and is gone loses it at once.
 * @throws IngestLockedError
 */
export async function lockIngest(store: GraphStore): Promise<IngestLock> {
  const run = randomUUID();
  const token = `${hostname()} ${process.pid} ${run}`;
  const take = (): Promise<unknown> =>
    store.send(['SET', keys.lock, token, 'NX', 'PX', String(EXPIRY)]);
  if ((await take()) !== 'OK') {
    const holder = await store.send(['GET', keys.lock]);
    if (typeof holder === 'string') {
      if (!isGone(holder)) throw new IngestLockedError(describe(holder));
      await store.send(['EVAL', RELEASE, '1', keys.lock, holder]);
    }
    if ((await take()) !== 'OK') throw new IngestLockedError('Another ingest has just begun.');
  }
  const timer = setInterval(() => {
    store.send(['EVAL', PROLONG, '1', keys.lock, token, String(EXPIRY)]).catch(() => undefined);
  }, HEARTBEAT);
  timer.unref();
  return {
    token,
    run,
    release: async () => {
      clearInterval(timer);
      await store.send(['EVAL', RELEASE, '1', keys.lock, token]);
    },
  };
}

/** Holds the lock while work is done. @throws IngestLockedError */
export async function withIngestLock<T>(
  store: GraphStore,
  work: (lock: IngestLock) => Promise<T>,
): Promise<T> {
  const lock = await lockIngest(store);
  try {
    return await work(lock);
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
