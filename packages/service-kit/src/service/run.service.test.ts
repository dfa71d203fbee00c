import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const fixture = fileURLToPath(new URL('./run.fixture.ts', import.meta.url));
let child: ChildProcess | undefined;

afterEach(() => child?.kill('SIGKILL'));

interface Running {
  url: string;
  port: number;
  process: ChildProcess;
  lines: () => Record<string, unknown>[];
}

const build = { service: 'fixture', version: '1.2.3', revision: 'unknown' };

/** Free on every address. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '0.0.0.0');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function run(env: Record<string, string>): Promise<Running> {
  const port = await freePort();
  const started = spawn(process.execPath, [fixture], {
    env: { PATH: process.env.PATH, PORT: String(port), ...env },
  });
  child = started;
  let output = '';
  started.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  started.stderr.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  const url = `http://127.0.0.1:${port}`;
  const lines = () =>
    output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  while (started.exitCode === null) {
    if (await fetch(`${url}/health`).catch(() => undefined)) break;
    await wait(25);
  }
  return { url, port, process: started, lines };
}

async function exitCode(running: Running): Promise<number | null> {
  if (running.process.exitCode === null) await once(running.process, 'exit');
  return running.process.exitCode;
}

const messages = (running: Running) => running.lines().map((line) => line.message);

describe('runService', () => {
  it('fails readiness, drains what is running, then closes stores and ends with 0', async () => {
    const service = await run({ SHUTDOWN_DELAY_MS: '2000' });
    const slow = fetch(`${service.url}/slow`);
    await expect.poll(() => messages(service)).toContain('slow begun');
    service.process.kill('SIGTERM');
    await expect.poll(() => messages(service)).toContain('shutting down');
    expect((await fetch(`${service.url}/ready`)).status).toBe(503);
    const last = await fetch(`${service.url}/health`);
    expect([last.status, last.headers.get('connection')]).toEqual([200, 'close']);
    expect((await slow).status).toBe(200);
    expect(await exitCode(service)).toBe(0);
    expect(
      messages(service).filter((event) => event === 'slow done' || event === 'store closed'),
    ).toEqual(['slow done', 'store closed']);
  });

  it('cuts what is still open after the grace time', async () => {
    const service = await run({ SHUTDOWN_GRACE_MS: '200' });
    const hanging = request(`${service.url}/never`).on('error', () => undefined);
    hanging.end();
    await expect.poll(() => messages(service)).toContain('never begun');
    service.process.kill('SIGTERM');
    // It would never end otherwise.
    expect(await exitCode(service)).toBe(0);
  });

  it('says what is wrong with its configuration, and ends with 1', async () => {
    const service = await run({ PORT: 'secret-value', LOG_LEVEL: 'loud' });
    expect(await exitCode(service)).toBe(1);
    const [fault] = service.lines();
    expect(fault).toMatchObject({ level: 'fatal', ...build, message: 'could not start' });
    expect(JSON.stringify(fault?.faults)).toContain('PORT');
    expect(JSON.stringify(fault?.faults)).toContain('LOG_LEVEL');
    expect(JSON.stringify(fault)).not.toContain('secret-value');
  });

  it('says in every line which build it is', async () => {
    const service = await run({ GOSPELIB_REVISION: '4f8a0c9' });
    service.process.kill('SIGTERM');
    expect(await exitCode(service)).toBe(0);
    expect(service.lines().length).toBeGreaterThan(2);
    for (const line of service.lines()) {
      expect(line).toMatchObject({ ...build, revision: '4f8a0c9' });
    }
  });

  it.each([
    ['only the loopback address by default', {}, 'refused'],
    ['every address of the machine with 0.0.0.0', { HOST: '0.0.0.0' }, 'ok'],
  ])('listens on %s', async (_, env, elsewhere) => {
    const service = await run(env);
    expect((await fetch(`${service.url}/health`)).status).toBe(200);
    // All of 127.0.0.0/8 is this machine, but the default HOST binds only one address of it.
    const other = await fetch(`http://127.0.0.2:${service.port}/health`).then(
      ({ ok }) => (ok ? 'ok' : 'fault'),
      () => 'refused',
    );
    expect(other).toBe(elsewhere);
  });

  it('shuts down with 1 after an uncaught error, which it logs', async () => {
    const service = await run({});
    await fetch(`${service.url}/crash`).catch(() => undefined);
    expect(await exitCode(service)).toBe(1);
    expect(messages(service)).toContain('uncaught');
    expect(messages(service)).toContain('store closed');
  });
});
