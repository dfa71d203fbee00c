import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { descendants } from './descendants.process.ts';
import { keepLow, lowerPriority } from './priority.process.ts';

async function start(script: string, detached = false): Promise<ChildProcess & { pid: number }> {
  const child = spawn('sh', ['-c', script], { stdio: ['pipe', 'ignore', 'inherit'], detached });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  return child as ChildProcess & { pid: number };
}

const sessionOf = (pid: number) =>
  readFileSync(`/proc/${pid}/autogroup`, 'utf8').trim().split(' nice ')[1];

test('the priority of a process is lowered', async () => {
  const { pid } = await start('exec sleep 60');
  const before = getPriority(pid);
  lowerPriority(pid, 10);
  expect(getPriority(pid)).toBe(Math.max(before, 10));
});

test('one that is lower already is left alone: only root may raise it', async () => {
  const { pid } = await start('exec nice -n 19 sleep 60');
  await expect.poll(() => getPriority(pid)).toBe(19);
  lowerPriority(pid, 10);
  expect(getPriority(pid)).toBe(19);
});

// Elsewhere the kernel heeds nice values alone.
const bySessions = test.runIf(existsSync('/proc/self/autogroup'));

bySessions('a session is lowered by who leads it, and by nobody else in it', async () => {
  const before = sessionOf(process.pid);
  const leader = await start('exec sleep 60', true);
  const other = await start('exec sleep 60');
  for (const { pid } of [leader, other]) lowerPriority(pid, 19);
  expect(sessionOf(leader.pid)).toBe('19');
  expect(sessionOf(other.pid)).toBe(before);
});

bySessions('what begins a session of its own later is kept low, too', async () => {
  const parent = await start('read go; setsid sleep 60 & wait', true);
  lowerPriority(parent.pid, 19);
  onTestFinished(keepLow(parent.pid));
  parent.stdin?.write('\n');
  await expect.poll(() => descendants(parent.pid).map(sessionOf)).toEqual(['19']);
  const [child] = descendants(parent.pid);
  onTestFinished(() => void process.kill(Number(child), 'SIGKILL'));
});
