import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A folder that is removed when the test is done. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-stores-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A process that owns a store in a folder, for tests to kill. */
export async function ownerProcess(
  start: 'startFalkor' | 'startRedis' | 'startPostgres',
  dataDir: string,
): Promise<{ owner: ChildProcess; pid: number; url: string }> {
  const script = fileURLToPath(new URL('./abandoned.process.ts', import.meta.url));
  const owner = spawn(process.execPath, [script, start, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void owner.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: owner.stdout }), 'line');
  return { owner, ...JSON.parse(line) };
}
