import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { identify } from '@gospelib/processes';
import { expect, test } from 'vitest';
import { startTestFalkor, startTestPostgres, startTestRedis } from './test.store.ts';

test.each([
  ['FalkorDB', startTestFalkor, /^redis:/],
  ['Redis', startTestRedis, /^redis:/],
  ['PostgreSQL', startTestPostgres, /^postgresql:/],
])('%s runs in a folder of its own and leaves nothing', async (_, start, scheme) => {
  const [one, other] = await Promise.all([start(), start()]);
  expect(one.url).toMatch(scheme);
  expect(one.port).not.toBe(other.port);
  expect(one.dataDir).not.toBe(other.dataDir);
  await Promise.all([one.stop(), other.stop()]);
  expect([existsSync(one.dataDir), existsSync(other.dataDir)]).toEqual([false, false]);
  expect(identify(one.pid)).toBeUndefined();
});

test('what a killed test process left behind goes with the next start', async () => {
  const script = fileURLToPath(new URL('./abandoned.process.ts', import.meta.url));
  const abandoned = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: abandoned.stdout }), 'line');
  const { dataDir, pid } = JSON.parse(line) as { dataDir: string; pid: number };
  expect(existsSync(dataDir)).toBe(true);
  abandoned.kill('SIGKILL');
  await once(abandoned, 'exit');

  const next = await startTestRedis();
  expect(existsSync(dataDir)).toBe(false);
  expect(identify(pid)).toBeUndefined();
  await next.stop();
});
