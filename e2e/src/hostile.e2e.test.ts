import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, inject, it } from 'vitest';
import { platformAt } from './platform.ts';

const { origin } = platformAt(inject('place'));
const port = Number(new URL(origin).port);

interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** Sends bytes as they are: `fetch` would refuse or repair them. */
async function send(bytes: string | Buffer): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined); // a reset after the answer is the server's good right
  socket.setTimeout(60_000, () => socket.destroy());
  socket.write(bytes);
  await once(socket, 'close');
  const text = Buffer.concat(chunks).toString('latin1');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
  return { status, text };
}

const request = (target: string, headers = ''): string =>
  `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`;

const long = 'a'.repeat(7000);
const injection = encodeURIComponent("' }) DETACH DELETE n //");

describe('hostile requests are refused by name', () => {
  it.each([
    ['an unknown chapter', request('/api/v1/chapters/alma.999')],
    ['Cypher in a chapter', request(`/api/v1/chapters/${injection}`)],
    ['Cypher in a reference', request(`/api/v1/passages/${injection}`)],
    ['Cypher in a graph id', request(`/api/v1/graph/${injection}`)],
    ['Cypher in a word', request(`/api/v1/words/${injection}`)],
    ['Cypher in kinds', request(`/api/v1/graph/john.3.16?kinds=${injection}`)],
    ['a long reference', request(`/api/v1/passages/${long}`)],
    ['a long query', request(`/api/v1/search?q=${long}`)],
    ['an empty query', request('/api/v1/search?q=')],
    ['a query given twice', request('/api/v1/search?q=a&q=b')],
    ['an unknown volume', request('/api/v1/search?q=faith&volume=koran')],
    ['a foreign cursor', request('/api/v1/search?q=faith&cursor=AAAA')],
    ['a negative limit', request('/api/v1/search?q=faith&limit=-1')],
    ['an enormous limit', request('/api/v1/search?q=faith&limit=1e9')],
    ['an enormous depth', request('/api/v1/graph/john.3.16?depth=99')],
    ['a control character', request('/api/v1/passages/john%003:16')],
    ['a broken escape', request('/api/v1/passages/%E0%A4%A')],
    ['overlong UTF-8', request('/api/v1/passages/%C0%AF')],
    ['a path out of the root', request('/api/v1/../../etc/passwd')],
    ['an encoded path out of the root', request('/assets/..%2f..%2f..%2fetc%2fpasswd')],
    ['an unknown route', request('/api/v1/nothing')],
    ['a write', request('/api/v1/volumes').replace('GET', 'DELETE')],
    ['headers beyond the limit', request('/api/v1/volumes', `X-Big: ${'b'.repeat(40_000)}\r\n`)],
    ['two lengths', request('/api/v1/volumes', 'Content-Length: 1\r\nContent-Length: 2\r\n')],
    [
      'length and chunks at once',
      request('/api/v1/volumes', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n'),
    ],
    ['no HTTP at all', 'hello\r\n\r\n'],
  ])('%s', async (_what, bytes) => {
    const { status, text } = await send(bytes);
    expect(status, text.slice(0, 400)).toBeGreaterThanOrEqual(400);
    expect(status, text.slice(0, 400)).toBeLessThan(500);
  });

  it('names the fault in a problem document', async () => {
    const { text } = await send(request('/api/v1/search?q=faith&limit=-1'));
    expect(text.toLowerCase()).toContain('content-type: application/problem+json');
    expect(text).toContain('limit');
  });

  it('left the corpus as it was', async () => {
    const response = await fetch(`${origin}/api/v1/chapters/john.3`);
    const chapter = (await response.json()) as { verses: unknown[] };
    expect(chapter.verses).toHaveLength(36);
  });
});

describe('every answer through the gateway', () => {
  it.each([
    ['/', "default-src 'self'"],
    ['/api/v1/volumes', "default-src 'none'"],
    ['/api/v1/nothing', "default-src 'none'"],
  ])('%s carries the security headers', async (path, policy) => {
    const { headers } = await fetch(origin + path);
    expect(headers.get('content-security-policy')).toContain(policy);
    expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe-inline/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{8,}$/);
  });

  it('honours an ETag', async () => {
    const first = await fetch(`${origin}/api/v1/chapters/alma.32`);
    const etag = first.headers.get('etag');
    expect(etag).toBeTruthy();
    const second = await fetch(`${origin}/api/v1/chapters/alma.32`, {
      headers: { 'if-none-match': etag ?? '' },
    });
    expect(second.status).toBe(304);
  });

  it.each(['gzip', 'br'])('compresses with %s when asked', async (encoding) => {
    const response = await fetch(`${origin}/api/v1/chapters/alma.32`, {
      headers: { 'accept-encoding': encoding },
    });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(((await response.json()) as { id: string }).id).toBe('alma.32');
  });
});
