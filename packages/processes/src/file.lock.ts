import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, ownIdentity, type ProcessIdentity } from './identity.process.ts';
import { LockedError } from './process.error.ts';

export interface FileLock {
  release(): void;
}

/** Long enough for a rival that read the same stale lock to have shown itself. */
const SETTLE_MS = 20;

/**
 * Takes a lock that is held as long as this process lives. One left behind by a dead process is
 * taken over.
 * @param waitMs how long to wait for a living holder, in milliseconds
 * @throws LockedError when a living process holds it
 */
export async function acquireLock(file: string, what: string, waitMs = 0): Promise<FileLock> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const holder = await tryLock(file);
    if (holder === undefined) return { release: () => release(file) };
    if (Date.now() >= deadline) throw new LockedError(what, holder.pid);
    await sleep(50);
  }
}

/** The living process that holds a lock, if one does. */
export function lockHolder(file: string): ProcessIdentity | undefined {
  const holder = readHolder(file);
  return holder !== undefined && isAlive(holder) ? holder : undefined;
}

async function tryLock(file: string): Promise<ProcessIdentity | undefined> {
  const own = ownIdentity();
  const draft = `${file}.${own.pid}.${Math.random().toString(36).slice(2)}`;
  // Written under another name, then linked: whoever sees the lock sees all of it.
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if (link(draft, file)) {
        if (attempt > 0) await sleep(SETTLE_MS);
        const holder = readHolder(file);
        if (holder !== undefined && same(holder, own)) return undefined;
      }
      const holder = readHolder(file);
      if (holder !== undefined && isAlive(holder)) return holder;
      discardStale(file, draft);
    }
    return readHolder(file) ?? own;
  } finally {
    rmSync(draft, { force: true });
  }
}

function link(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Renames the lock before reading it again, so that a rival's fresh lock is put back, not lost. */
function discardStale(file: string, draft: string): void {
  const renamed = `${draft}.stale`;
  try {
    renameSync(file, renamed);
  } catch {
    return; // a rival was faster
  }
  const moved = readHolder(renamed);
  if (moved !== undefined && isAlive(moved)) link(renamed, file);
  unlinkSync(renamed);
}

function release(file: string): void {
  const holder = readHolder(file);
  if (holder !== undefined && same(holder, ownIdentity())) rmSync(file, { force: true });
}

function readHolder(file: string): ProcessIdentity | undefined {
  try {
    const { pid, started } = JSON.parse(readFileSync(file, 'utf8'));
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}

function same(a: ProcessIdentity, b: ProcessIdentity): boolean {
  return a.pid === b.pid && a.started === b.started;
}
