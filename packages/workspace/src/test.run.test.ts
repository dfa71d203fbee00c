import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify } from '@gospelib/processes';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { openTestRun } from './test.run.ts';

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'runs-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const onLinux = test.runIf(process.platform === 'linux');

/** Started by a shell that ends at once: nobody's child, as what a killed test leaves. */
async function plantOrphan(env: NodeJS.ProcessEnv, command = 'exec sleep 61'): Promise<void> {
  const script = `setsid sh -c '${command}' >/dev/null 2>&1 & `;
  const shell = spawn('sh', ['-c', script], { env: { PATH: process.env.PATH, ...env } });
  await once(shell, 'exit');
}

test('a run that leaves nothing has no faults, and its folder goes', async () => {
  const run = await openTestRun(parent);
  const folder = run.env.GOSPELIB_RUN ?? '';
  expect(existsSync(folder)).toBe(true);
  expect((await run.close()).faults).toEqual([]);
  expect(readdirSync(parent)).toEqual([]);
});

onLinux('a planted orphan is named, ended, and makes the run fail', async () => {
  const run = await openTestRun(parent, 200);
  await plantOrphan(run.env);
  const { faults } = await run.close();
  expect(faults).toEqual([expect.stringMatching(/^left running: process \d+ \(sleep 61\)$/)]);
  const pid = Number(/process (\d+)/.exec(faults[0] ?? '')?.[1]);
  expect(identify(pid)).toBeUndefined();
});

onLinux(
  'an orphan that is deaf to SIGTERM is ended too',
  async () => {
    const run = await openTestRun(parent, 200);
    const ready = join(parent, 'ready');
    await plantOrphan(run.env, `trap "" TERM; touch ${ready}; while :; do sleep 1; done`);
    await expect.poll(() => existsSync(ready)).toBe(true);
    const { faults } = await run.close();
    expect(faults.length).toBeGreaterThan(0);
    const again = await openTestRun(parent, 200);
    expect((await again.close()).faults).toEqual([]);
  },
  60_000,
);

onLinux('a process that is about to end has the time to', async () => {
  const run = await openTestRun(parent, 20_000);
  await plantOrphan(run.env, 'exec sleep 0.3');
  expect((await run.close()).faults).toEqual([]);
});

test('a planted folder is named and removed', async () => {
  const run = await openTestRun(parent);
  const planted = join(run.env.GOSPELIB_RUN ?? '', 'gospelib-planted-x');
  mkdirSync(join(planted, 'deep'), { recursive: true });
  expect((await run.close()).faults).toEqual([`left behind: ${planted}`]);
  expect(existsSync(planted)).toBe(false);
});

onLinux('what a killed run left goes with the next one; a living run is left alone', async () => {
  const living = await openTestRun(parent);
  const dead = join(parent, 'gl-run-dead');
  mkdirSync(dead);
  writeFileSync(join(dead, 'owner.json'), JSON.stringify({ pid: process.pid, started: 'before' }));
  const orphan: ChildProcess = spawn('sleep', ['62'], { cwd: dead });
  onTestFinished(() => void orphan.kill('SIGKILL'));
  await once(orphan, 'spawn');
  const ended = once(orphan, 'exit');
  const run = await openTestRun(parent);
  await ended;
  expect(existsSync(dead)).toBe(false);
  expect(existsSync(living.env.GOSPELIB_RUN ?? '')).toBe(true);
  await Promise.all([run.close(), living.close()]);
});
