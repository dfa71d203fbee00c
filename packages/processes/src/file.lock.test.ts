import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { acquireLock, lockHolder } from './file.lock.ts';
import { LockedError } from './process.error.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gospelib-lock-'));
  file = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('one holds it, the next is told who, and after the release it is free', async () => {
  const lock = await acquireLock(file, 'The thing');
  expect(lockHolder(file)?.pid).toBe(process.pid);
  await expect(acquireLock(file, 'The thing')).rejects.toThrow(
    new LockedError('The thing', process.pid).message,
  );
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
  (await acquireLock(file, 'The thing')).release();
});

test('waiting gets it once the holder lets go', async () => {
  const lock = await acquireLock(file, 'The thing');
  setTimeout(() => lock.release(), 100);
  (await acquireLock(file, 'The thing', 60_000)).release();
});

test.each([
  ['of a dead process', JSON.stringify({ pid: process.pid, started: 'long ago' })],
  ['that is damaged', '{"pid":'],
])('a lock %s is taken over', async (_, content) => {
  writeFileSync(file, content);
  (await acquireLock(file, 'The thing')).release();
  expect(existsSync(file)).toBe(false);
});

test('of eight processes after a stale lock exactly one gets it', async () => {
  writeFileSync(file, JSON.stringify({ pid: 1, started: 'long ago' }));
  const script = `
    import { acquireLock } from ${JSON.stringify(import.meta.resolve('./file.lock.ts'))};
    process.stdin.once('data', () => {
      acquireLock(${JSON.stringify(file)}, 'it').then(() => process.stdout.write('1'), () => process.stdout.write('0'));
    });
    process.stdin.once('end', () => process.exit(0));
    process.stdout.write('r');`;
  const rivals = Array.from({ length: 8 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script]),
  );
  onTestFinished(() => {
    for (const rival of rivals) rival.kill('SIGKILL');
  });
  await Promise.all(rivals.map((rival) => once(rival.stdout, 'data')));
  const answers = rivals.map((rival) => once(rival.stdout, 'data'));
  for (const rival of rivals) rival.stdin.write('go');
  const outcome = (await Promise.all(answers)).map(([data]) => String(data));
  expect(outcome.filter((answer) => answer === '1')).toHaveLength(1);
  for (const rival of rivals) rival.stdin.end();
  await Promise.all(rivals.map((rival) => once(rival, 'exit')));
});
