import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, identify } from '@gospelib/processes';
import { scratchFolder } from '@gospelib/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { LogFile } from '../log/log.file.ts';
import { isReady, type ServiceProcess, startService, untilReady } from './service.process.ts';

/** A real process that serves what `source` says. */
async function service(source: string): Promise<ServiceProcess> {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/main.js'), source);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const port = await freePort();
  const log = new LogFile(join(folder, 'content.log'));
  onTestFinished(() => log.close());
  return {
    name: 'content',
    folder,
    port,
    env: () => ({ ...process.env, PORT: String(port) }),
    log,
  };
}

const server = (answer: string) => `
  import { createServer } from 'node:http';
  createServer((request, response) => { ${answer} }).listen(process.env.PORT, '127.0.0.1');
  process.on('SIGTERM', () => process.exit(0));`;

const never = new AbortController().signal;

test('it runs when it is alive, and is ready when it says so', async () => {
  const mark = join(scratchFolder(), 'ready');
  const slow = await service(
    `import { existsSync } from 'node:fs';
    ${server(`response.writeHead(request.url === '/ready' && !existsSync('${mark}') ? 503 : 200).end()`)}`,
  );
  const running = await startService(slow, () => {}, never);
  expect(await isReady(slow.port)).toBe(false);
  let ready = false;
  const waiting = untilReady(slow, never).then(() => {
    ready = true;
  });
  await sleep(200);
  expect(ready).toBe(false);
  writeFileSync(mark, '');
  await waiting;
  expect(await running.answers?.(5_000)).toBe(true);
  process.kill(running.pid, 'SIGSTOP');
  expect(await running.answers?.(100)).toBe(false);
  process.kill(running.pid, 'SIGCONT');
  await running.stop();
  expect(identify(running.pid)).toBeUndefined();
  expect(await isReady(slow.port)).toBe(false);
});

test('one that ends while starting is told with its last words', async () => {
  const broken = await service(
    'console.log("{}"); console.error("PORT is missing"); process.exit(1);',
  );
  await expect(startService(broken, () => {}, never)).rejects.toThrow(
    /content ended while starting.*\n\{\}\nPORT is missing/s,
  );
});

test('one that is no longer wanted is ended', async () => {
  const hanging = await service(server('response.writeHead(503).end()'));
  const wanted = new AbortController();
  let pid = 0;
  const start = startService(
    hanging,
    (process) => {
      pid = process.pid;
      setTimeout(() => wanted.abort(), 300);
    },
    wanted.signal,
  );
  await expect(start).rejects.toThrow();
  expect(pid).toBeGreaterThan(0);
  expect(identify(pid)).toBeUndefined();
});

test('one that was never built says so', async () => {
  const unbuilt = { ...(await service('')), folder: '/nowhere' };
  await expect(startService(unbuilt, () => {}, never)).rejects.toThrow(/content is not built/);
});
