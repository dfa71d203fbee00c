import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates, type TestCertificates } from '@gospelib/testkit';
import { watchRevocations } from '@gospelib/tokens';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';

/** The bundled Redis has no TLS; that of a system has. */
const hasTls = spawnSync('redis-server', ['--version']).status === 0;
if (!hasTls) console.warn('SKIPPED: Redis over TLS, since no redis-server is installed.');

const folder = mkdtempSync(join(tmpdir(), 'redis-tls-'));
let port: number;
let files: TestCertificates;
let server: ReturnType<typeof spawn>;

beforeAll(async () => {
  if (!hasTls) return;
  port = await freePort();
  files = makeCertificates(folder);
  const options = {
    port: 0,
    bind: '127.0.0.1',
    'tls-port': port,
    'tls-cert-file': files.certificate,
    'tls-key-file': files.key,
    'tls-ca-cert-file': files.authority,
    'tls-auth-clients': 'no',
    requirepass: 'secret',
    save: '',
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of server.stdout ?? []) if (/Ready to accept/.test(String(line))) break;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  if (!server) return;
  server.kill();
  await once(server, 'exit');
});

it.skipIf(!hasTls)('says in two seconds that a plain address cannot work', async () => {
  const said: string[] = [];
  const hooks: (() => Promise<void>)[] = [];
  const say = (_values: object, message: string) => void said.push(message);
  const list = watchRevocations(
    {
      addHook: (_event, hook) => hooks.push(hook),
      log: { warn: say, info: (message) => void said.push(message) },
    },
    () => `redis://:secret@127.0.0.1:${port}`,
  );
  const [open, close] = hooks;
  onTestFinished(() => close?.());
  await open?.();
  await expect
    .poll(() => said, { timeout: 2000 })
    .toContain('redis takes TLS only: REDIS_URL has to begin with rediss://');
  expect(list.fresh).toBe(false);
});

it.skipIf(!hasTls)(
  'works over TLS in a process that was told of the authority, and in no other',
  () => {
    const ask = (env: object) => {
      const program = `
      import { RedisCounts } from ${JSON.stringify(`${import.meta.dirname}/redis.counts.ts`)};
      const say = ({ err }) => (process.stdout.write(err.message), process.exit());
      const counts = new RedisCounts(() => 'rediss://:secret@127.0.0.1:${port}', 60_000, { warn: say });
      await counts.open();
      process.stdout.write(JSON.stringify(await counts.of('test').add('key', 1, 2)));
      counts.close();`;
      const args = ['--input-type=module', '-e', program];
      const options = { env: { ...process.env, ...env }, encoding: 'utf8' } as const;
      return spawnSync(process.execPath, args, options).stdout;
    };
    expect(ask({ NODE_EXTRA_CA_CERTS: files.authority })).toBe('{"current":2,"previous":0}');
    expect(ask({})).toContain('certificate');
  },
);

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
