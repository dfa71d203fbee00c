import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProcess, isAlive, ownIdentity, recordedStore } from '@gospelib/stores';

const PREFIX = 'gospelib-test-';

/** A folder of this process under the system's temporary folder: `gospelib-test-<pid>~<start>~<random>`. */
export function makeScratch(): string {
  const { pid, started } = ownIdentity();
  return mkdtempSync(join(tmpdir(), `${PREFIX}${pid}~${encodeURIComponent(started)}~`));
}

/** Ends the stores and removes the folders that killed test processes of this user left behind. */
export async function sweepScratch(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const [pid, started] = name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('~') : [];
    if (pid === undefined || started === undefined) continue;
    const folder = join(tmpdir(), name);
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
    return false; // a rival sweep was faster
  }
}
