import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { baseConfig } from '../config/base.config.ts';
import { defineConfig } from '../config/define.config.ts';
import { createService } from '../service/create.service.ts';
import type { Service } from '../service/service.types.ts';
import { CachedBody, sendCached } from './cached.body.ts';

const text = JSON.stringify({ verses: Array.from({ length: 100 }, () => 'in the beginning') });
const etag = 'W/"v1-gen.1"';
let app: Service;

beforeEach(async () => {
  app = await createService({
    name: 'trial',
    version: '1',
    config: defineConfig(baseConfig, { PORT: '23000', LOG_LEVEL: 'silent' }),
  });
  const options = { etag, cacheControl: 'public, max-age=60' };
  const large = new CachedBody(text, options);
  const small = new CachedBody('{"ok":true}', options);
  app.get('/large', (request, reply) => sendCached(request, reply, large));
  app.get('/small', (request, reply) => sendCached(request, reply, small));
});
afterEach(() => app.close());

describe('sendCached', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('serves %s to who accepts it', async (encoding, decode) => {
    const response = await app.inject({ url: '/large', headers: { 'accept-encoding': encoding } });
    expect(response.headers).toMatchObject({
      'content-encoding': encoding,
      vary: 'Accept-Encoding',
      etag,
      'cache-control': 'public, max-age=60',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(decode(response.rawPayload).toString()).toBe(text);
  });

  it('serves plain bytes otherwise, and small bodies always', async () => {
    const plain = await app.inject('/large');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body).toBe(text);
    const small = await app.inject({ url: '/small', headers: { 'accept-encoding': 'br' } });
    expect(small.headers['content-encoding']).toBeUndefined();
  });

  it.each([etag, '"v1-gen.1"', `"other", ${etag}`, '*'])('answers 304 to %s', async (condition) => {
    const response = await app.inject({ url: '/large', headers: { 'if-none-match': condition } });
    expect(response.statusCode).toBe(304);
    expect(response.body).toBe('');
    expect(response.headers.etag).toBe(etag);
  });

  it('answers in full to another validator', async () => {
    const response = await app.inject({ url: '/large', headers: { 'if-none-match': '"old"' } });
    expect(response.statusCode).toBe(200);
  });
});
