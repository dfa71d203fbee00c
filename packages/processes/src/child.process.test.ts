import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { spawnChild } from './child.process.ts';
import { identify, isAlive } from './identity.process.ts';

const node = process.execPath;

test('its lines come through, and its end is reported', async () => {
  const lines: string[] = [];
  const child = await spawnChild({
    command: node,
    args: [
      '-e',
      'process.stdin.pipe(process.stdout); process.stdin.on("end", () => process.exit(3))',
    ],
    input: 'one\ntwo\n',
    log: (line) => lines.push(line),
  });
  expect(await child.exited).toEqual({ code: 3, signal: null });
  expect(lines).toEqual(['one', 'two']);
});

test('stop() asks first, and is obeyed', async () => {
  const lines: string[] = [];
  const child = await spawnChild({
    command: node,
    args: [
      '-e',
      'process.on("SIGTERM", () => { console.log("bye"); process.exit(0) }); console.log("up"); setInterval(() => {}, 1000)',
    ],
    log: (line) => lines.push(line),
  });
  while (!lines.includes('up')) await sleep(10);
  await child.stop();
  expect(await child.exited).toEqual({ code: 0, signal: null });
  expect(lines).toEqual(['up', 'bye']);
});

test('stop() insists when it is not obeyed', async () => {
  const lines: string[] = [];
  const child = await spawnChild({
    command: node,
    args: ['-e', 'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)'],
    log: (line) => lines.push(line),
    graceMs: 100,
  });
  while (!lines.includes('up')) await sleep(10);
  await child.stop();
  expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' });
});

test.runIf(process.platform === 'linux')('stop() ends what the child started, too', async () => {
  const lines: string[] = [];
  const child = await spawnChild({
    command: 'sh',
    args: ['-c', 'setsid sleep 60 & echo $!; exec sleep 60'],
    log: (line) => lines.push(line),
  });
  while (lines.length === 0) await sleep(10);
  const grandchild = Number(lines[0]);
  expect(identify(grandchild)).toBeDefined();
  await child.stop();
  expect(identify(grandchild)).toBeUndefined();
});

test('what cannot be started says so', async () => {
  const lines: string[] = [];
  const child = spawnChild({
    command: '/nowhere/at-all',
    args: [],
    log: (line) => lines.push(line),
  });
  // Behind setpriv the command is looked up by setpriv, which tells on stderr and ends with 127.
  const outcome = await child.then(({ exited }) => exited).catch((error: Error) => error);
  expect(outcome instanceof Error ? outcome.message : lines.join()).toContain('/nowhere/at-all');
});

test.runIf(process.platform === 'linux')(
  'a kill -9 of the parent takes the child along',
  async () => {
    const script = `
    import { spawnChild } from ${JSON.stringify(import.meta.resolve('./child.process.ts'))};
    const child = await spawnChild({ command: 'sleep', args: ['60'] });
    console.log(String(child.identity.pid));
    setInterval(() => {}, 1000);`;
    const parent = spawn(node, ['--input-type=module', '-e', script]);
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [line] = await once(createInterface({ input: parent.stdout }), 'line');
    const orphan = identify(Number(line));
    expect(orphan).toBeDefined();
    parent.kill('SIGKILL');
    await expect.poll(() => orphan && isAlive(orphan)).toBe(false);
  },
);
