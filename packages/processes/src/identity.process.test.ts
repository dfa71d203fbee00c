import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { endProcess } from './end.process.ts';
import { identify, isAlive, ownIdentity } from './identity.process.ts';

test('this process is alive, and is told apart from one that inherited its number', () => {
  const own = ownIdentity();
  expect(own.pid).toBe(process.pid);
  expect(isAlive(own)).toBe(true);
  expect(isAlive({ ...own, started: 'another start' })).toBe(false);
});

test('a process that ended is not alive', async () => {
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  const identity = identify(child.pid as number);
  expect(identity && isAlive(identity)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(identity && isAlive(identity)).toBe(false);
});

test('a process that merely has the number is never touched', async () => {
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  const pid = child.pid as number;
  expect(await endProcess({ pid, started: 'another start' })).toBe(false);
  expect(identify(pid)).toBeDefined();
  child.kill('SIGKILL');
});
