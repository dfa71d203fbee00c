import type { IncomingMessage } from 'node:http';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { RouteRule } from '../routing/route.table.ts';
import { startGateway, type TestGateway } from '../testing/start.gateway.ts';
import { TestUpstream } from '../testing/upstream.server.ts';

/** The table as it may look when there are services to write to. */
const table: RouteRule[] = [
  { path: '/api/v1/open/*', upstream: 'content', access: 'public', methods: ['GET', 'POST'] },
  { path: '/api/v1/notes/*', upstream: 'content', access: 'signed-in', methods: ['POST'] },
];

const upstream = new TestUpstream((incoming, response) => {
  void readAll(incoming).then((body) => response.end(`${body.length}:${body.slice(0, 20)}`));
});
let gateway: TestGateway;

async function readAll(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

beforeAll(async () => {
  await upstream.start();
  gateway = await startGateway({ CONTENT_URL: upstream.url, READER_URL: upstream.url }, table);
});
afterAll(async () => {
  await gateway.app.close();
  await upstream.stop();
});
beforeEach(() => {
  upstream.received.length = 0;
});

async function post(path: string, body: string | AsyncIterable<string>) {
  const { statusCode, body: answer } = await request(gateway.url + path, {
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
  expect((await post('/api/v1/open/x', '{}')).status).toBe(502);
  expect(upstream.received).toHaveLength(1);
});
