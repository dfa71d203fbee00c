import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, spawnChild } from '@gospelib/processes';
import { afterEach, expect, test } from 'vitest';
import { type SupervisedOptions, SupervisedProcess } from './supervised.process.ts';

const said: string[] = [];
let changed: () => void = () => undefined;
let supervised: SupervisedProcess;

afterEach(async () => {
  await supervised.stop();
  said.length = 0;
  changed = () => undefined;
});

function supervise(
  start: SupervisedOptions['start'],
  hangTimes?: SupervisedOptions['hangTimes'],
): SupervisedProcess {
  supervised = new SupervisedProcess({
    name: 'content',
    port: 1,
    start,
    say: (line) => said.push(line),
    changed: () => changed(),
    ...(hangTimes && { hangTimes }),
  });
  return supervised;
}

/** A real child that does nothing until it is ended. */
const idle: SupervisedOptions['start'] = async (started) => {
  const child = await spawnChild({ command: 'sleep', args: ['60'] });
  started(child.identity);
  return { pid: child.identity.pid, exited: child.exited, stop: () => child.stop() };
};

const pidOf = () => supervised.record.process?.pid;

async function newPid(before: number | undefined): Promise<number> {
  await expect.poll(() => supervised.record.state === 'running' && pidOf() !== before).toBe(true);
  return pidOf() as number;
}

test('what dies is started again, each time later, and says so', async () => {
  await supervise(idle).start();
  const first = pidOf() as number;
  process.kill(first, 'SIGKILL');
  const second = await newPid(first);
  process.kill(second, 'SIGTERM');
  await newPid(second);
  expect(said).toEqual([
    'content ended (SIGKILL); starting it again in 0.2 s',
    'content runs again',
    'content ended (SIGTERM); starting it again in 0.4 s',
    'content runs again',
  ]);
  expect(supervised.record.restarts).toBe(2);
});

test('what hangs is killed with all that it has started, and started again; what answers late is not', async () => {
  const silences = [true, false, true, true, true];
  const asked: number[] = [];
  const hanging: SupervisedOptions['start'] = async (started, signal) => {
    const running = await idle(started, signal);
    if (asked.length === 0) {
      process.kill(running.pid, 'SIGSTOP');
      // On a busy machine it runs for a moment yet, and what is at work is not taken for hanging.
      await expect.poll(() => readFileSync(`/proc/${running.pid}/stat`, 'utf8')).toMatch(/\) T /);
    }
    return {
      ...running,
      answers: async () => {
        asked.push(running.pid);
        return silences.shift() !== true;
      },
    };
  };
  const states = new Set<string>();
  changed = () => states.add(supervised.record.state);
  const times = { everyMs: 1, answerMs: 5, misses: 3, missesAtWork: 1_000_000 };
  await supervise(hanging, times).start();
  const first = pidOf() as number;
  await newPid(first);
  expect(identify(first)).toBeUndefined();
  expect(said.slice(0, 2)).toEqual([
    expect.stringMatching(
      /^content \(process \d+\) has not answered for \d+ s: it hangs, and is killed$/,
    ),
    'content ended (SIGKILL); starting it again in 0.2 s',
  ]);
  expect(asked.filter((pid) => pid === first)).toHaveLength(5);
  expect(states).toContain('silent');
});

test('stop() ends it for good', async () => {
  await supervise(idle).start();
  const pid = pidOf() as number;
  await supervised.stop();
  expect(identify(pid)).toBeUndefined();
  await sleep(300);
  expect(supervised.record).toMatchObject({ state: 'stopped', restarts: 0 });
  expect(said).toEqual([]);
});

test('stop() while it waits to start again does not start it', async () => {
  await supervise(idle).start();
  const pid = pidOf() as number;
  const waiting = Promise.withResolvers<void>();
  changed = () => {
    if (supervised.record.state === 'waiting') waiting.resolve();
  };
  process.kill(pid, 'SIGKILL');
  await waiting.promise;
  await supervised.stop();
  await sleep(300);
  expect(supervised.record.state).toBe('stopped');
  expect(identify(pid)).toBeUndefined();
});

test('stop() while it starts ends what is starting', async () => {
  let pid = 0;
  const slow: SupervisedOptions['start'] = async (started, signal) => {
    const running = await idle((process) => {
      pid = process.pid;
      started(process);
    }, signal);
    await sleep(200);
    return running;
  };
  const start = supervise(slow).start();
  await expect.poll(pidOf).toBeGreaterThan(0);
  await supervised.stop();
  await start;
  expect(identify(pid)).toBeUndefined();
  expect(supervised.record.state).toBe('stopped');
});

test('a first start that fails is the caller’s to deal with', async () => {
  await expect(supervise(() => Promise.reject(new Error('no such thing'))).start()).rejects.toThrow(
    'no such thing',
  );
  expect(said).toEqual([]);
});

test('a start that fails later is tried again until it works', async () => {
  let attempts = 0;
  await supervise((started, signal) => {
    attempts += 1;
    return attempts === 2 || attempts === 3
      ? Promise.reject(new Error('port taken'))
      : idle(started, signal);
  }).start();
  const first = pidOf() as number;
  process.kill(first, 'SIGKILL');
  await newPid(first);
  expect(said).toEqual([
    'content ended (SIGKILL); starting it again in 0.2 s',
    'content could not be started: port taken; starting it again in 0.4 s',
    'content could not be started: port taken; starting it again in 0.8 s',
    'content runs again',
  ]);
});
