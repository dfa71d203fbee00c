import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { watchForHang } from './hang.watch.ts';

/** Its first thread stands still for good; with `works`, another thread does not. */
async function startStanding(works: boolean): Promise<ChildProcess> {
  const worker = "new (require('node:worker_threads').Worker)('for (;;);', { eval: true })";
  const stand = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)';
  const begin = works ? `${worker}.once('online', () => { go(); })` : 'go()';
  const script = `const go = () => process.stdout.write('.', () => ${stand}); ${begin}`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

/** How many questions it may leave without an answer. */
async function patienceWith({ pid = 0 }: ChildProcess): Promise<number> {
  let asked = 0;
  const answers = async (): Promise<boolean> => {
    asked += 1;
    return false;
  };
  const times = { everyMs: 1, answerMs: 500, misses: 1, missesAtWork: 3 };
  await watchForHang({ pid, answers }, () => undefined, new AbortController().signal, times);
  return asked;
}

test.runIf(process.platform === 'linux')(
  'a process that stands still hangs sooner than one in which any thread works',
  async () => {
    expect(await patienceWith(await startStanding(false))).toBeLessThan(3);
    expect(await patienceWith(await startStanding(true))).toBe(3);
  },
);
