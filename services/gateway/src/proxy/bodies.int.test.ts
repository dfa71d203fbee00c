import type { IncomingMessage, RequestListener } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RouteRule } from '../routing/route.table.ts';
import { startGateway, type TestGateway } from '../testing/start.gateway.ts';
import { TestUpstream } from '../testing/upstream.server.ts';

const table: RouteRule[] = [
  { path: '/api/v1/open/*', service: 'content', access: 'public', methods: ['GET', 'POST'] },
  { path: '/api/v1/notes/*', service: 'study', access: 'signed-in', methods: ['POST'] },
  {
    path: '/api/v1/large/*',
    service: 'content',
    access: 'public',
    methods: ['POST'],
    body: { bytes: 1_000_000 },
  },
  {
    path: '/api/v1/import/*',
    service: 'content',
    access: 'public',
    methods: ['POST'],
    body: { bytes: 50_000_000, streamedWithinMs: 60_000 },
  },
];

const echo: RequestListener = (incoming, response) => {
  readAll(incoming).then(
    (body) => response.end(`${body.length}:${body.slice(0, 20)}`),
    () => response.destroy(),
  );
};
const upstream = new TestUpstream();
/** Apart, because the gateway fetches its keys at a time of its own. */
const accounts = new TestUpstream();
let gateway: TestGateway;
/** Gives a service almost no time. */
let hasty: TestGateway;

async function readAll(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

beforeAll(async () => {
  await Promise.all([upstream.start(), accounts.start()]);
  const { url } = upstream;
  const services = {
    CONTENT_URL: url,
    READER_URL: url,
    ACCOUNTS_URL: accounts.url,
    STUDY_URL: url,
  };
  const start = (UPSTREAM_TIMEOUT_MS: string) =>
    startGateway({ ...services, PUBLIC_URL: url, UPSTREAM_TIMEOUT_MS }, table);
  [gateway, hasty] = await Promise.all([start('60000'), start('500')]);
});
afterAll(async () => {
  await Promise.all([gateway.app.close(), hasty.app.close()]);
  await Promise.all([upstream.stop(), accounts.stop()]);
});
beforeEach(() => {
  upstream.received.length = 0;
  upstream.answer(echo);
});

async function post(path: string, body: string | AsyncIterable<string>, through = gateway) {
  const { statusCode, body: answer } = await request(through.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : (body as never),
  });
  return { status: statusCode, text: await answer.text() };
}

async function* chunks(count: number): AsyncGenerator<string> {
  for (let i = 0; i < count; i += 1) yield 'x'.repeat(1000);
}

it('passes a body on as it came, with its type and length', async () => {
  expect(await post('/api/v1/open/x', '{"text":"selah"}')).toEqual({
    status: 200,
    text: '16:{"text":"selah"}',
  });
  expect(upstream.received[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    'content-length': '16',
  });
});

it('gives a body in chunks a length', async () => {
  expect(await post('/api/v1/open/x', chunks(3))).toMatchObject({ status: 200 });
  expect(upstream.received[0]?.headers).toMatchObject({ 'content-length': '3000' });
  expect(upstream.received[0]?.headers['transfer-encoding']).toBeUndefined();
});

it.each([
  ['declared', 'x'.repeat(100_000)],
  ['in chunks', chunks(100)],
])('refuses a body that is too large, %s, before a service sees it', async (_how, body) => {
  const answer = await post('/api/v1/open/x', body);
  expect(answer.status).toBe(413);
  expect(upstream.received).toEqual([]);
});

it('asks who it is before anything reaches a service', async () => {
  expect((await post('/api/v1/notes/x', '{}')).status).toBe(401);
  expect(upstream.received).toEqual([]);
});

it('does not repeat what may have been done', async () => {
  upstream.answer((incoming) => void incoming.socket.destroy());
  const { status, text } = await post('/api/v1/open/x', '{}');
  expect(status).toBe(503);
  expect(text).toContain('Idempotency-Key');
  expect(upstream.received).toHaveLength(1);
});

it('takes more where a route says so', async () => {
  expect(await post('/api/v1/large/x', 'x'.repeat(900_000))).toMatchObject({ status: 200 });
  expect(await post('/api/v1/large/x', chunks(1100))).toMatchObject({ status: 413 });
});

describe('a streamed body', () => {
  it('reaches the service while it is being sent, however long that takes', async () => {
    let arrived = 0;
    const first = Promise.withResolvers<void>();
    upstream.answer((incoming, response) => {
      incoming.on('data', (chunk: Buffer) => {
        arrived += chunk.length;
        first.resolve();
      });
      incoming.once('end', () => response.end(`${arrived}`));
    });
    async function* slowly(): AsyncGenerator<string> {
      yield 'x'.repeat(1000);
      // Send no more until the service has the beginning, then take longer than other answers may.
      await first.promise;
      await wait(600);
      yield 'x'.repeat(1000);
    }
    const answer = await post('/api/v1/import/x', slowly(), hasty);
    expect(answer).toEqual({ status: 200, text: '2000' });
    expect(upstream.received[0]?.headers['transfer-encoding']).toBe('chunked');
  });

  it('comes with its length where that is known', async () => {
    const { status, text } = await post('/api/v1/import/x', 'x'.repeat(40_000_000));
    expect({ status, text }).toEqual({ status: 200, text: `40000000:${'x'.repeat(20)}` });
    expect(upstream.received[0]?.headers['content-length']).toBe('40000000');
  });

  it('may be answered later than others', async () => {
    upstream.answer((incoming, response) => {
      incoming.resume();
      setTimeout(() => response.end('done'), 1500);
    });
    expect((await post('/api/v1/open/x', '{}', hasty)).status).toBe(504);
    expect(await post('/api/v1/import/x', '{}', hasty)).toEqual({ status: 200, text: 'done' });
  });

  it.each([
    ['declared', 'x'.repeat(50_000_001)],
    ['in chunks', chunks(50_001)],
  ])('has an end too: 413 for what is larger, %s', async (_how, body) => {
    expect((await post('/api/v1/import/x', body)).status).toBe(413);
  });

  it('may be refused by the service before it is all there', async () => {
    upstream.answer((_incoming, response) => response.writeHead(422).end('no'));
    expect(await post('/api/v1/import/x', chunks(20_000))).toEqual({ status: 422, text: 'no' });
    upstream.answer(echo);
    expect((await post('/api/v1/import/x', chunks(3))).status).toBe(200);
  });

  it('is not asked for again when its service breaks off', async () => {
    upstream.answer((incoming) => void incoming.once('data', () => incoming.socket.destroy()));
    expect((await post('/api/v1/import/x', chunks(2000))).status).toBe(503);
    expect(upstream.received).toHaveLength(1);
  });

  it('ends at the service when the caller goes away', async () => {
    const ended = Promise.withResolvers<void>();
    upstream.answer((incoming) => {
      incoming.once('data', () => abort.abort());
      incoming.once('close', () => ended.resolve());
    });
    const abort = new AbortController();
    async function* endless(): AsyncGenerator<string> {
      for (;;) {
        yield 'x'.repeat(1000);
        await wait(10);
      }
    }
    const { signal } = abort;
    const url = `${gateway.url}/api/v1/import/x`;
    await expect(
      request(url, { method: 'POST', body: endless() as never, signal }),
    ).rejects.toThrow();
    await ended.promise;
  });
});
