import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { processesOf } from './trace.process.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gospelib-trace-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function sleeper(args: readonly string[], options: object): Promise<number | undefined> {
  const child = spawn('sh', ['-c', 'echo; exec sleep 60', ...args], options);
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.stdout === null) throw new Error('no output to wait for');
  await once(child.stdout, 'data');
  return child.pid;
}

test.runIf(process.platform === 'linux').each([
  ['in its environment', (): object => ({ env: { PATH: process.env.PATH, MARK: folder } })],
  ['as its working folder', (): object => ({ cwd: folder })],
])('a process that has the folder %s is found, with its command', async (_, options) => {
  const pid = await sleeper([], options());
  await expect
    .poll(() => processesOf(folder)?.map(({ identity, command }) => [identity.pid, command]))
    .toEqual([[pid, 'sleep 60']]);
});

test.runIf(process.platform === 'linux')('a process that names another folder is not', async () => {
  await sleeper([], { env: { PATH: process.env.PATH, MARK: `${folder}-other` } });
  expect(processesOf(folder)).toEqual([]);
});
