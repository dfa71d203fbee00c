import { setTimeout as wait } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { problem } from '@gospelib/contracts';
import { request as rawRequest } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../testing/start.gateway.ts';
import { TestUpstream } from '../testing/upstream.server.ts';

const content = new TestUpstream();
const reader = new TestUpstream();
let gateway: TestGateway;

beforeAll(async () => {
  await Promise.all([content.start(), reader.start()]);
  gateway = await startGateway({
    CONTENT_URL: content.url,
    READER_URL: reader.url,
    UPSTREAM_TIMEOUT_MS: '60000',
    RATE_LIMIT_PER_MINUTE: '100000',
  });
});
afterAll(async () => {
  await gateway.app.close();
  await Promise.all([content.stop(), reader.stop()]);
});
beforeEach(async () => {
  content.received.length = 0;
  content.answer((_request, response) => response.end('{"ok":true}'));
});

const api = (path: string) => `${gateway.url}/api/v1${path}`;
const large = JSON.stringify({ verses: Array.from({ length: 2000 }, (_, i) => `verse ${i}`) });

describe('routing', () => {
  it('sends the API to content and everything else to the reader', async () => {
    content.answer((_request, response) => response.end('content'));
    reader.answer((_request, response) => response.end('reader'));
    expect(await (await fetch(api('/volumes'))).text()).toBe('content');
    expect(await (await fetch(`${gateway.url}/alma/32?v=21`)).text()).toBe('reader');
    expect(content.received.map((one) => one.url)).toEqual(['/api/v1/volumes']);
    expect(reader.received.at(-1)?.url).toBe('/alma/32?v=21');
  });

  it.each(['/api', '/api/', '/api/v2/volumes', '/api/internal'])('has no %s', async (path) => {
    const response = await fetch(gateway.url + path);
    expect(response.status).toBe(404);
    expect(problem.parse(await response.json()).type).toBe('/problems/no-such-route');
  });

  it('refuses methods outside the table', async () => {
    const response = await fetch(api('/volumes'), { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
    expect(content.received.map(({ method }) => method)).not.toContain('DELETE');
  });
});

describe('requests', () => {
  it('carries ids, trace and address, and nothing by which a caller could pose as another', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    await rawRequest(api('/volumes'), {
      headers: {
        traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
        'x-request-id': 'chosen-outside',
        'x-user-id': 'root',
        'x-gospelib-role': 'admin',
        'x-forwarded-for': '1.2.3.4',
        'x-forwarded-proto': 'https',
        'x-real-ip': '1.2.3.4',
        forwarded: 'for=1.2.3.4',
        connection: 'keep-alive, x-secret',
        'x-secret': '1',
        te: 'trailers',
        'accept-language': 'de',
        'if-none-match': '"v1"',
      },
    });
    const headers = content.received[0]?.headers ?? {};
    expect(headers).toMatchObject({
      'accept-language': 'de',
      'if-none-match': '"v1"',
      'x-forwarded-for': '127.0.0.1',
    });
    expect(headers.traceparent).toContain(traceId);
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    for (const name of [
      'x-user-id',
      'x-gospelib-role',
      'x-real-ip',
      'x-forwarded-proto',
      'forwarded',
      'x-secret',
      'te',
    ])
      expect(headers[name]).toBeUndefined();
  });

  it('begins a trace where there is none', async () => {
    await fetch(api('/volumes'));
    expect(content.received[0]?.headers.traceparent).toMatch(
      /^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/,
    );
  });
});

describe('answers', () => {
  it('carries status, validator and caching, and the gateway’s own headers', async () => {
    content.answer((_request, response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        etag: '"v1"',
        'cache-control': 'public, max-age=60',
        server: 'secret/1.0',
        'x-powered-by': 'secret',
        'keep-alive': 'timeout=99',
        'content-security-policy': 'default-src *',
      });
      response.end('{}');
    });
    const { headers } = await fetch(api('/volumes'));
    expect(headers.get('etag')).toBe('"v1"');
    expect(headers.get('cache-control')).toBe('public, max-age=60');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-request-id')).toBe(content.received[0]?.headers['x-request-id']);
    expect(headers.get('ratelimit-policy')).toBe('"address";q=100000;w=60');
    expect(headers.get('server')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('keep-alive')).not.toBe('timeout=99');
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('passes 304 through', async () => {
    content.answer((request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"v1"' ? 304 : 200, { etag: '"v1"' });
      response.end();
    });
    const { statusCode, headers } = await rawRequest(api('/volumes'), {
      headers: { 'if-none-match': '"v1"' },
    });
    expect(statusCode).toBe(304);
    expect(headers.etag).toBe('"v1"');
  });

  it('passes problems of the service through as they are', async () => {
    content.answer((_request, response) => {
      response.writeHead(404, { 'content-type': 'application/problem+json' });
      response.end('{"type":"/problems/not-found","title":"t","status":404}');
    });
    const response = await fetch(api('/books/nowhere'));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ type: '/problems/not-found' });
  });

  it('answers HEAD without a body', async () => {
    content.answer((_request, response) => {
      response.writeHead(200, { 'content-length': '5000', 'content-type': 'application/json' });
      response.end();
    });
    const response = await fetch(api('/volumes'), { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('5000');
  });

  it('streams a large answer to a slow reader without holding it all', async () => {
    const megabytes = 64;
    let written = 0;
    content.answer((_request, response) => {
      const chunk = Buffer.alloc(1024 * 1024, 'x');
      const push = (): void => {
        while (written < megabytes) {
          written += 1;
          if (!response.write(chunk)) {
            response.once('drain', push);
            return;
          }
        }
        response.end();
      };
      push();
    });
    const response = await rawRequest(api('/volumes'));
    await wait(300);
    expect(written).toBeLessThan(megabytes);
    let received = 0;
    for await (const chunk of response.body) received += (chunk as Buffer).length;
    expect(received).toBe(megabytes * 1024 * 1024);
  });
});

describe('compression', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('compresses with %s what the service did not', async (encoding, decode) => {
    content.answer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', etag: '"v1"', vary: 'Origin' });
      response.end(large);
    });
    const { headers, body } = await rawRequest(api('/volumes'), {
      headers: { 'accept-encoding': encoding },
    });
    expect(headers).toMatchObject({ 'content-encoding': encoding, etag: 'W/"v1"' });
    expect(String(headers.vary)).toContain('Accept-Encoding');
    const bytes = Buffer.from(await body.arrayBuffer());
    expect(bytes.length).toBeLessThan(large.length / 2);
    expect(decode(bytes).toString()).toBe(large);
  });

  it.each([
    ['what is compressed already', { 'content-encoding': 'gzip' }, large],
    ['small bodies', {}, '{"ok":true}'],
    ['pictures', { 'content-type': 'image/png' }, large],
    ['event streams', { 'content-type': 'text/event-stream' }, large],
    ['what must not be transformed', { 'cache-control': 'no-transform' }, large],
  ])('leaves %s alone', async (_what, headers, text) => {
    content.answer((_request, response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(text)),
        ...headers,
      });
      response.end(text);
    });
    const { headers: got, body } = await rawRequest(api('/volumes'), {
      headers: { 'accept-encoding': 'br' },
    });
    expect(got['content-encoding']).not.toBe('br');
    expect(Buffer.from(await body.arrayBuffer()).toString()).toBe(text);
  });
});
