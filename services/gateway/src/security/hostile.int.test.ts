import { problem } from '@gospelib/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendRaw } from '../testing/raw.client.ts';
import { startGateway, type TestGateway } from '../testing/start.gateway.ts';
import { TestUpstream } from '../testing/upstream.server.ts';

const upstream = new TestUpstream();
let gateway: TestGateway;

beforeAll(async () => {
  await upstream.start();
  gateway = await startGateway({
    CONTENT_URL: upstream.url,
    READER_URL: upstream.url,
    RATE_LIMIT_PER_MINUTE: '100000',
  });
});
afterAll(async () => {
  await gateway.app.close();
  await upstream.stop();
});
beforeEach(() => {
  upstream.received.length = 0;
});

const host = 'Host: localhost';
const get = (target: string, ...headers: string[]): string =>
  [
    `GET ${target} HTTP/1.1`,
    ...(headers.length > 0 ? headers : [host]),
    'Connection: close',
    '',
    '',
  ].join('\r\n');

/** Requests whose end, or whose body's length, two servers could interpret differently. */
const smuggling: readonly [string, string][] = [
  [
    'length and chunks at once',
    `POST /api/v1/x HTTP/1.1\r\n${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /evil HTTP/1.1\r\n\r\n`,
  ],
  [
    'two lengths',
    `POST /api/v1/x HTTP/1.1\r\n${host}\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd`,
  ],
  ['a length with a sign', `POST /api/v1/x HTTP/1.1\r\n${host}\r\nContent-Length: +4\r\n\r\nabcd`],
  [
    'an unknown coding',
    `POST /api/v1/x HTTP/1.1\r\n${host}\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
  ],
  [
    'a coding twice',
    `POST /api/v1/x HTTP/1.1\r\n${host}\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n`,
  ],
  ['a space before the colon', `GET / HTTP/1.1\r\n${host}\r\nX-A : b\r\n\r\n`],
  ['a folded header', `GET / HTTP/1.1\r\n${host}\r\nX-A: b\r\n c\r\n\r\n`],
  ['a bare line feed in a value', `GET / HTTP/1.1\r\n${host}\r\nX-A: b\nEvil: 1\r\n\r\n`],
  ['a bare carriage return in a value', `GET / HTTP/1.1\r\n${host}\r\nX-A: b\rEvil: 1\r\n\r\n`],
  ['a NUL in a value', `GET / HTTP/1.1\r\n${host}\r\nX-A: b\0c\r\n\r\n`],
  ['a control character in a name', `GET / HTTP/1.1\r\n${host}\r\nX\u0001A: b\r\n\r\n`],
  [
    'a bad chunk size',
    `POST /api/v1/x HTTP/1.1\r\n${host}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n`,
  ],
  ['a malformed method', `GOS/PEL / HTTP/1.1\r\n${host}\r\n\r\n`],
  ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03hello\r\n\r\n'],
  ['another version', `GET / HTTP/3.7\r\n${host}\r\n\r\n`],
  ['a space in the target', `GET /a b HTTP/1.1\r\n${host}\r\n\r\n`],
];

/** Also what is answered on the socket carries what every answer of the gateway does. */
function expectSecured(text: string): void {
  const head = text.slice(0, text.indexOf('\r\n\r\n')).toLowerCase();
  expect(head).toMatch(/content-security-policy: .*frame-ancestors 'none'/);
  expect(head).toContain('x-content-type-options: nosniff');
  expect(head).toContain('cache-control: no-store');
}

describe('hostile bytes', () => {
  it.each(smuggling)('%s: refused, nothing behind sees it', async (_what, bytes) => {
    const { status, text } = await sendRaw(gateway.port, bytes);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(text).toContain('application/problem+json');
    expect(text.match(/HTTP\/1\.1 \d{3}/g)).toHaveLength(1);
    expectSecured(text);
    // The content service may be asked which methods it has.
    expect(upstream.received.filter(({ method }) => method !== 'OPTIONS')).toEqual([]);
  });

  it.each([
    ['an absolute address', get('http://elsewhere.example/api/v1/volumes'), 400],
    ['another host by two slashes', get('//elsewhere.example/api/v1/volumes'), 400],
    ['dot segments', get('/api/v1/../../metrics'), 400],
    ['encoded dot segments', get('/api/v1/%2e%2e/%2e%2e/metrics'), 400],
    ['an encoded slash', get('/api/v1/passages/a%2fb'), 400],
    ['an encoded backslash', get('/api/v1/passages/a%5cb'), 400],
    ['an encoded NUL', get('/api/v1/passages/a%00b'), 400],
    ['encoded line ends', get('/api/v1/passages/a%0d%0aX-Evil:1'), 400],
    ['broken percent-encoding', get('/api/v1/passages/%zz'), 400],
    ['half a UTF-8 character', get('/api/v1/passages/%E0%A4%A'), 400],
    ['bytes outside ASCII', get('/api/v1/passages/\u00e9'), 400],
    ['no host', get('/', 'X-A: b'), 400],
    ['two hosts', get('/', host, 'Host: elsewhere.example'), 400],
    ['a malformed host', get('/', 'Host: a/b@c'), 400],
    ['an endless address', get(`/api/v1/${'a'.repeat(5000)}`), 414],
    ['endless headers', get('/', host, `X-A: ${'a'.repeat(20_000)}`), 431],
    ['an unmet expectation', get('/', host, 'Expect: miracles'), 417],
  ] as const)('%s: refused', async (_what, bytes, status) => {
    const answer = await sendRaw(gateway.port, bytes);
    expect(answer.status).toBe(status);
    const body = answer.text.slice(answer.text.indexOf('\r\n\r\n') + 4);
    expect(problem.parse(JSON.parse(body)).status).toBe(status);
    expectSecured(answer.text);
    expect(upstream.received).toEqual([]);
  });

  it('counts what never became a request', async () => {
    const refused = async (status: number): Promise<number> => {
      const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
      const line = `http_server_request_duration_seconds_count\\{.*http_route="\\(none\\)",http_response_status_code="${status}".*\\} (\\d+)$`;
      return Number(new RegExp(line, 'm').exec(metrics)?.[1] ?? 0);
    };
    const before = [await refused(400), await refused(431), await refused(417)];
    await sendRaw(gateway.port, 'no HTTP\r\n\r\n');
    await sendRaw(gateway.port, get('/', host, `X-A: ${'a'.repeat(20_000)}`));
    await sendRaw(gateway.port, get('/', host, 'Expect: miracles'));
    const after = [await refused(400), await refused(431), await refused(417)];
    expect(after).toEqual(before.map((count) => count + 1));
  });

  it('does not take the body of a GET for a second request', async () => {
    const inner = `GET /api/v1/evil HTTP/1.1\r\n${host}\r\n\r\n`;
    const bytes = `GET /api/v1/x HTTP/1.1\r\n${host}\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`;
    const { text } = await sendRaw(gateway.port, bytes);
    expect(text.match(/HTTP\/1\.1 \d{3}/g)).toHaveLength(1);
    expect(upstream.received.map((one) => one.url)).toEqual(['/api/v1/x']);
    expect(upstream.received[0]?.headers['content-length']).toBeUndefined();
  });

  it('survives a thousand headers', async () => {
    const many = Array.from({ length: 1000 }, (_, i) => `X-${i}: 1`);
    const { status } = await sendRaw(gateway.port, get('/api/v1/x', host, ...many));
    expect([200, 400, 431]).toContain(status);
  });

  it('passes the query on byte for byte', async () => {
    const query = '?q=%22in%20the%20beginning%22&x=%2F..%2F%00&q=a+b;c=[d]|{e}';
    await sendRaw(gateway.port, get(`/api/v1/search${query}`));
    expect(upstream.received[0]?.url).toBe(`/api/v1/search${query}`);
  });

  it('does not answer a CONNECT', async () => {
    const { status } = await sendRaw(
      gateway.port,
      `CONNECT elsewhere.example:443 HTTP/1.1\r\n${host}\r\n\r\n`,
    );
    expect(status).not.toBe(200);
    expect(upstream.received).toEqual([]);
  });

  it('stays a plain HTTP connection when asked to upgrade', async () => {
    const { status } = await sendRaw(gateway.port, get('/api/v1/x', host, 'Upgrade: websocket'));
    expect(status).toBeLessThan(500);
    expect(upstream.received[0]?.headers.upgrade).toBeUndefined();
  });
});
