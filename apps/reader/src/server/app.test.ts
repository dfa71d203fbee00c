import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Service } from '@gospelib/service-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from './app.ts';
import { readConfig } from './config.ts';

const before = '<!doctype html><meta charset="utf-8" />';
const after = '<div id="root"></div>';
const script = 'console.log("read")';
let folder: string;
let app: Service;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'reader-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), `${before}<title>GospeLib</title>${after}`);
  writeFileSync(join(folder, 'service-worker.js'), script);
  writeFileSync(join(folder, 'assets', 'index-abc123.js'), script);
  writeFileSync(join(folder, 'assets', 'index-abc123.js.br'), brotliCompressSync(script));
  writeFileSync(join(folder, '..', 'reader-secret.txt'), 'secret');
  app = await buildApp(readConfig({ LOG_LEVEL: 'silent' }, folder));
});

afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
  rmSync(join(folder, '..', 'reader-secret.txt'));
});

const isWhole = (body: string): boolean => body.startsWith(before) && body.endsWith(after);
const html = { accept: 'text/html,application/xhtml+xml' };

describe('pages', () => {
  it.each([
    ['/', 200],
    ['/alma/32', 200],
    ['/search?q=tree%20of%20life', 200],
    ['/map/alma.32.21?depth=2', 200],
    ['/mal/5', 404],
    ['/nowhere/at/all/today', 404],
  ])('%s answers the page with %i', async (url, status) => {
    const response = await app.inject({ url, headers: html });
    expect(response.statusCode).toBe(status);
    expect(isWhole(response.body)).toBe(true);
    expect(response.headers['content-type']).toContain('text/html');
    expect(response.headers['cache-control']).toBe('no-cache');
  });

  it('names what the page will ask for', async () => {
    const response = await app.inject({ url: '/alma/32/21', headers: html });
    expect(response.headers.link).toBe(
      '</api/v1/chapters/alma.32>; rel=preload; as=fetch; crossorigin=anonymous',
    );
  });

  it('says what an address is, also to whoever runs no script', async () => {
    const { body } = await app.inject({ url: '/alma/32/21-23', headers: html });
    expect(body).toContain('<title>Alma 32:21–23 · GospeLib</title>');
    expect(body).toContain('<meta property="og:title" content="Alma 32:21–23 · GospeLib" />');
    expect(body).toMatch(
      /<meta name="description" content="Read Alma 32:21–23 \(.*Book of Mormon\)/,
    );
  });

  it('takes nothing of an address for markup', async () => {
    const url = `/search?q=${encodeURIComponent('</title><script>alert("1")</script>&')}`;
    const { body } = await app.inject({ url, headers: html });
    expect(body).not.toContain('<script');
    expect(body).toContain('&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)');
  });

  it('answers HEAD, and 304 to a page that is known', async () => {
    const head = await app.inject({ method: 'HEAD', url: '/alma/32', headers: html });
    expect([head.statusCode, head.body]).toEqual([200, '']);
    const again = await app.inject({
      url: '/alma/32',
      headers: { ...html, 'if-none-match': String(head.headers.etag) },
    });
    expect(again.statusCode).toBe(304);
  });

  it.each(['bytes=0-3', 'bytes=9999-', 'bytes=-0', 'x'])(
    'is whole, whatever part is asked for: %s',
    async (range) => {
      for (const url of ['/', '/alma/32', '/nowhere']) {
        const response = await app.inject({ url, headers: { ...html, range } });
        expect(response.statusCode).toBe(url === '/nowhere' ? 404 : 200);
        expect(isWhole(response.body)).toBe(true);
        expect(response.headers['accept-ranges']).toBe('none');
        expect(response.headers['content-range']).toBeUndefined();
      }
    },
  );

  it.each([{ accept: 'image/png' }, { accept: '*/*', 'sec-fetch-dest': 'script' }])(
    'is no answer to a script or an image: %o',
    async (headers) => {
      const response = await app.inject({ url: '/old/script', headers });
      expect(response.statusCode).toBe(404);
      expect(response.headers['content-type']).toContain('application/problem+json');
    },
  );

  it('is there for the service worker, which keeps it', async () => {
    const headers = { accept: '*/*', 'sec-fetch-dest': 'empty' };
    expect(isWhole((await app.inject({ url: '/', headers })).body)).toBe(true);
  });
});

describe('files', () => {
  it('keeps hashed files for ever, compressed ahead', async () => {
    const response = await app.inject({
      url: '/assets/index-abc123.js',
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
    });
    expect(response.headers.vary?.toLowerCase()).toContain('accept-encoding');
    expect(response.headers['content-type']).toContain('javascript');
  });

  it('serves them plain to whoever does not decompress', async () => {
    const response = await app.inject('/assets/index-abc123.js');
    expect(response.body).toBe(script);
    expect(response.headers['content-encoding']).toBeUndefined();
  });

  it('serves a part of a file, and says how long it is when there is no such part', async () => {
    const url = '/assets/index-abc123.js';
    const part = await app.inject({ url, headers: { range: 'bytes=0-6' } });
    expect([part.statusCode, part.body]).toEqual([206, script.slice(0, 7)]);
    for (const range of ['bytes=900-', 'bytes=900-901', 'bytes=-0', 'bytes=x']) {
      const none = await app.inject({ url, headers: { range } });
      expect(none.statusCode).toBe(416);
      expect(none.headers['content-range']).toBe(`bytes */${script.length}`);
      expect(none.json()).toMatchObject({ type: '/problems/range-not-satisfiable' });
    }
    for (const range of ['lines=1-2', 'bytes=0-1,3-4']) {
      const whole = await app.inject({ url, headers: { range } });
      expect([range, whole.statusCode]).toEqual([range, 200]);
    }
  });

  it('asks anew for the service worker each time', async () => {
    const response = await app.inject('/service-worker.js');
    expect(response.headers['cache-control']).toBe('no-cache');
  });

  it.each([
    '/assets/gone-123.js',
    '/assets/',
    '/favicon.ico',
    '/../reader-secret.txt',
    '/%2e%2e/reader-secret.txt',
    '/..%2freader-secret.txt',
    '/assets/..%5c..%5creader-secret.txt',
    '/%00.js',
  ])('%s is not found, even where a page is wanted', async (url) => {
    const response = await app.inject({ url, headers: html });
    expect(response.statusCode).toBe(404);
    expect(response.body).not.toContain('secret');
  });
});

describe('telemetry', () => {
  it('is told of in pages only where an address is configured', async () => {
    expect((await app.inject({ url: '/', headers: html })).body).not.toContain('telemetry');
    const env = { LOG_LEVEL: 'silent', FARO_URL: 'http://localhost:12347/collect?a=1&b="' };
    const told = await buildApp(readConfig(env, folder));
    const { body } = await told.inject({ url: '/alma/32', headers: html });
    expect(body).toMatch(
      /<meta name="telemetry" content="http:\/\/localhost:12347\/collect\?a=1&amp;b=&quot;" data-release="\d+\.\d+\.\d+\+unknown" \/>/,
    );
    await told.close();
  });
});

describe('health', () => {
  it('is ready when the pages are built, and says until then that they are not', async () => {
    expect((await app.inject('/ready')).statusCode).toBe(200);
    const bare = await buildApp(readConfig({ LOG_LEVEL: 'silent' }, join(folder, 'assets')));
    expect((await bare.inject('/ready')).statusCode).toBe(503);
    const page = await bare.inject({ url: '/', headers: html });
    expect([page.statusCode, page.headers['retry-after']]).toEqual([503, '5']);
    await bare.close();
  });
});
