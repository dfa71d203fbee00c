import type { ServerResponse } from 'node:http';
import { problem } from '@gospelib/contracts';
import { request as rawRequest } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../testing/start.gateway.ts';
import { TestUpstream } from '../testing/upstream.server.ts';

const content = new TestUpstream();
const reader = new TestUpstream();
let gateway: TestGateway;
/** Gives a service almost no time. */
let hasty: TestGateway;

beforeAll(async () => {
  await Promise.all([content.start(), reader.start()]);
  const start = (UPSTREAM_TIMEOUT_MS: string) =>
    startGateway({
      CONTENT_URL: content.url,
      READER_URL: reader.url,
      TRUST_PROXY: 'loopback',
      UPSTREAM_TIMEOUT_MS,
      RATE_LIMIT_PER_MINUTE: '100000',
    });
  [gateway, hasty] = await Promise.all([start('60000'), start('400')]);
});
afterAll(async () => {
  await Promise.all([gateway.app.close(), hasty.app.close()]);
  await Promise.all([content.stop(), reader.stop()]);
});
beforeEach(async () => {
  content.received.length = 0;
  content.answer((_request, response) => response.end('{"ok":true}'));
});

const api = (path: string) => `${gateway.url}/api/v1${path}`;

describe('bad days', () => {
  it('says 503 when the service refuses connections, and serves again when it is back', async () => {
    await content.stop();
    const response = await fetch(api('/volumes'));
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(problem.parse(await response.json()).type).toBe('/problems/unavailable');
    await content.start();
    expect((await fetch(api('/volumes'))).status).toBe(200);
  });

  it('says 504 when the service does not answer', async () => {
    content.answer(() => undefined);
    const response = await fetch(`${hasty.url}/api/v1/volumes`);
    expect(response.status).toBe(504);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(content.sockets.size).toBeGreaterThan(0);
    for (const socket of content.sockets) socket.destroy();
  });

  it('refuses at once what would only queue up for a service that hangs', async () => {
    const held: ServerResponse[] = [];
    content.answer((_request, response) => void held.push(response));
    const statuses: number[] = [];
    // From several addresses, since one alone may not have so many open.
    const ask = async (_: unknown, i: number): Promise<void> => {
      const headers = { 'x-forwarded-for': `203.0.113.${i % 8}` };
      const { statusCode, body } = await rawRequest(api('/volumes'), { headers });
      statuses.push(statusCode);
      await body.dump();
    };
    const asked = Promise.all(Array.from({ length: 300 }, ask));
    await expect.poll(() => [held.length, statuses.length]).toEqual([256, 44]);
    expect(statuses).toEqual(Array.from({ length: 44 }, () => 503));
    for (const response of held) response.end('{}');
    await asked;
    expect(statuses.slice(44)).toEqual(Array.from({ length: 256 }, () => 200));
  });

  it('says 502 when the service answers no HTTP', async () => {
    content.answer((request) => void request.socket.end('garbage\r\n\r\n'));
    const response = await fetch(api('/volumes'));
    expect(response.status).toBe(502);
    expect(problem.parse(await response.json()).type).toBe('/problems/bad-gateway');
  });

  it('says 503 when the service is killed before it answers, after one more try', async () => {
    content.answer((request) => void request.socket.destroy());
    const response = await fetch(api('/volumes'));
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(content.received).toHaveLength(2);
  });

  it('tries once more on a fresh connection when a kept one had just been closed', async () => {
    let first = true;
    content.answer((request, response) => {
      if (first) request.socket.destroy();
      else response.end('{"ok":true}');
      first = false;
    });
    expect((await fetch(api('/volumes'))).status).toBe(200);
  });

  it('breaks off, never pretends, when an answer ends early', async () => {
    content.answer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.write('a'.repeat(100_000));
      setTimeout(() => response.write('b'.repeat(100_000)), 20);
      setTimeout(() => response.socket?.destroy(), 60);
    });
    await expect(fetch(api('/volumes')).then((response) => response.text())).rejects.toThrow();
  });

  it('survives restarts of the service under load without a 502 or 504', async () => {
    const statuses = new Map<number, number>();
    let running = true;
    const worker = async (): Promise<void> => {
      while (running) {
        const { statusCode, body } = await rawRequest(api('/volumes'));
        await body.dump();
        statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
      }
    };
    const workers = Array.from({ length: 16 }, worker);
    const served = (least: number) =>
      expect.poll(() => statuses.get(200), { interval: 10 }).toBeGreaterThan(least);
    for (let i = 0; i < 3; i += 1) {
      await served((statuses.get(200) ?? 0) + 50);
      await content.stop();
      await content.start();
    }
    await served((statuses.get(200) ?? 0) + 50);
    running = false;
    await Promise.all(workers);
    // There may be a moment of 503 between the two processes.
    expect([...statuses.keys()].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  });

  it('lets go of the service when the caller goes away', async () => {
    let closed = false;
    content.answer(
      (request) =>
        void request.socket.once('close', () => {
          closed = true;
        }),
    );
    const abort = new AbortController();
    const pending = fetch(api('/volumes'), { signal: abort.signal }).catch(() => 'aborted');
    await expect.poll(() => content.received.length).toBe(1);
    expect(closed).toBe(false);
    abort.abort();
    expect(await pending).toBe('aborted');
    await expect.poll(() => closed).toBe(true);
  });

  it('keeps connections open between requests', async () => {
    const before = content.connections;
    for (let i = 0; i < 20; i += 1) await (await fetch(api('/volumes'))).text();
    expect(content.connections - before).toBeLessThanOrEqual(2);
  });
});
