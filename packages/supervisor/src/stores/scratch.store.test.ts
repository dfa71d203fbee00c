import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, getPriority } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { lowerPriority } from './scratch.store.ts';

async function start(command: string, ...args: string[]): Promise<ChildProcess & { pid: number }> {
  const child = spawn(command, args, { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  return child as ChildProcess & { pid: number };
}

test('the priority of a process is lowered', async () => {
  const { pid } = await start('sleep', '60');
  const before = getPriority(pid);
  lowerPriority(pid);
  expect(getPriority(pid)).toBe(Math.max(before, constants.priority.PRIORITY_BELOW_NORMAL));
});

test('one that is lower already is left alone: only root may raise it', async () => {
  const { pid } = await start('nice', '-n', '19', 'sleep', '60');
  await expect.poll(() => getPriority(pid)).toBe(19);
  lowerPriority(pid);
  expect(getPriority(pid)).toBe(19);
});
