import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { Profile } from 'pprof-format';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { signalAddresses } from './job.addresses.ts';
import { runJob } from './run.job.ts';

interface Received {
  method: string | undefined;
  url: URL;
  body: Response;
}

let server: Server;
let received: Received[];
let warned: string[];
let address: string;
const job = () => ({
  name: 'ingest',
  version: '1',
  addresses: signalAddresses({ PUSHGATEWAY_URL: address, PYROSCOPE_SERVER_ADDRESS: address }),
  warn: (line: string) => void warned.push(line),
});

beforeEach(async () => {
  received = [];
  warned = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = { 'content-type': request.headers['content-type'] ?? '' };
      const url = new URL(request.url ?? '', address);
      const body = new Response(new Uint8Array(Buffer.concat(chunks)), { headers });
      received.push({ method: request.method, url, body });
      response.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Hot on purpose: the profile has to name it. */
function plantedHotJob(): void {
  const end = performance.now() + 300;
  while (performance.now() < end) Math.sqrt(Math.random());
}

it('a job sends what it knows and where its time went, before it ends', async () => {
  await runJob(job(), async ({ metrics }) => {
    metrics.set('gospelib_backup_newest_seconds', 'When.', 17, { kind: 'graph' });
    await new Promise((resolve) => setTimeout(resolve, 10)); // a store is asked
    plantedHotJob();
  });
  const pushed = received.find(({ url }) => url.pathname === '/metrics/job/ingest');
  expect(pushed?.method).toBe('POST');
  const text = await pushed?.body.text();
  expect(text).toContain('gospelib_backup_newest_seconds{kind="graph"} 17\n');
  const succeeded = Number(/^gospelib_job_succeeded_seconds ([\d.]+)$/m.exec(text ?? '')?.[1]);
  expect(Date.now() / 1000 - succeeded).toBeLessThan(60);
  expect(Number(/^gospelib_job_duration_seconds ([\d.]+)$/m.exec(text ?? '')?.[1])).toBeGreaterThan(
    0.3,
  );

  const sent = received.find(({ url }) => url.pathname === '/ingest');
  expect(sent?.url.searchParams.get('name')).toBe('ingest');
  const part = (await sent?.body.formData())?.get('profile') as Blob;
  const profile = Profile.decode(gunzipSync(Buffer.from(await part.arrayBuffer())));
  expect(profile.stringTable.strings).toContain('plantedHotJob');
  expect(warned).toEqual([]);
});

it('a job that fails says so, fails as it would without, and does not say that it succeeded', async () => {
  const failing = runJob(job(), async () => {
    throw new RangeError('planted');
  });
  await expect(failing).rejects.toThrow('planted');
  const text = await received.find(({ url }) => url.pathname.startsWith('/metrics'))?.body.text();
  expect(text).toMatch(/^gospelib_job_failed_seconds [\d.]+$/m);
  expect(text).not.toContain('succeeded');
});

it('a job does its work where nobody takes its signals, and says what was lost', async () => {
  server.close();
  server.closeAllConnections();
  expect(await runJob(job(), async () => 'done')).toBe('done');
  expect(warned.map((line) => line.split(' could')[0]).sort()).toEqual([
    'ingest: its metrics',
    'ingest: its profile',
  ]);
});

it('without an address nothing is recorded and nothing is sent', async () => {
  const { traces, metrics, profiles } = signalAddresses({ PUSHGATEWAY_URL: '' });
  expect([traces, metrics, profiles]).toEqual([undefined, undefined, undefined]);
  const addresses = signalAddresses({ PYROSCOPE_SERVER_ADDRESS: address, PROFILES: 'false' });
  expect(await runJob({ ...job(), addresses }, async () => 'done')).toBe('done');
  expect(received).toEqual([]);
});
