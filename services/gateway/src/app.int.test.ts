import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from './testing/start.gateway.ts';
import { TestUpstream } from './testing/upstream.server.ts';

const content = new TestUpstream();
const reader = new TestUpstream();
let gateway: TestGateway;

async function start(env: Record<string, string> = {}): Promise<void> {
  gateway = await startGateway({ CONTENT_URL: content.url, READER_URL: reader.url, ...env });
}

beforeAll(() => Promise.all([content.start(), reader.start()]));
afterAll(() => Promise.all([content.stop(), reader.stop()]));
afterEach(() => gateway.app.close());

describe('readiness', () => {
  it('includes the services behind, and follows them', async () => {
    await start();
    expect((await fetch(`${gateway.url}/ready`)).status).toBe(200);
    await content.stop();
    await expect.poll(async () => (await fetch(`${gateway.url}/ready`)).status).toBe(503);
    expect(await (await fetch(`${gateway.url}/ready`)).json()).toMatchObject({
      type: '/problems/not-ready',
      errors: [{ path: 'content', message: 'failed' }],
    });
    expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
    await content.start();
    await expect.poll(async () => (await fetch(`${gateway.url}/ready`)).status).toBe(200);
  });
});

describe('metrics', () => {
  it('are for direct callers of private networks only', async () => {
    await start();
    const direct = await fetch(`${gateway.url}/metrics`);
    expect(direct.status).toBe(200);
    expect(await direct.text()).toContain('gateway_rate_limit_shared');
    const passedOn = await fetch(`${gateway.url}/metrics`, {
      headers: { 'x-forwarded-for': '203.0.113.7' },
    });
    expect(passedOn.status).toBe(404);
  });
});

describe('pages', () => {
  it('get a policy without inline script', async () => {
    await start();
    const policy = (await fetch(`${gateway.url}/alma/32`)).headers.get('content-security-policy');
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });
});

describe('one address in many forms', () => {
  it.each(['/ap%69/v1/volumes', '/%61pi/v1/volumes?a', '/api?a'])(
    '%s gets the policy of the API',
    async (url) => {
      await start();
      const { body, headers } = await gateway.app.inject(url);
      expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
      if (url !== '/api?a') {
        expect(body).toBe('ok');
        expect(content.received.at(-1)?.url).toMatch(/^\/api\/v1\/volumes(\?a)?$/);
      }
    },
  );
});

describe('what is read by its link alone', () => {
  it.each([
    '/shared/a-secret-link',
    '/api/v1/study/shared/a-secret-link',
    '/sh%61red/a-secret-link',
  ])('%s is not for search engines, and no other site learns the link', async (url) => {
    await start({
      ACCOUNTS_URL: content.url,
      STUDY_URL: content.url,
      PUBLIC_URL: 'https://gospelib.example',
    });
    const { headers } = await gateway.app.inject(url);
    expect(headers['x-robots-tag']).toBe('noindex, nofollow');
    expect(headers['referrer-policy']).toBe('no-referrer');
  });

  it('is nothing else', async () => {
    await start();
    for (const url of ['/', '/alma/32', '/shared', '/api/v1/volumes']) {
      const { headers } = await gateway.app.inject(url);
      expect(headers['x-robots-tag']).toBeUndefined();
      expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin');
    }
  });
});

describe('a proxy in front', () => {
  const outside = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' };
  // Between them the gateway asks whether content is ready.
  const sentOn = () =>
    content.received.findLast(({ url }) => url.startsWith('/api/v1/volumes'))?.headers;

  it('is believed when it is named', async () => {
    await start({ TRUST_PROXY: '127.0.0.1' });
    const response = await fetch(`${gateway.url}/api/v1/volumes`, { headers: outside });
    expect(sentOn()?.['x-forwarded-for']).toBe('203.0.113.7');
    expect(response.headers.get('strict-transport-security')).toContain('max-age');
  });

  it('is counted, and what a reader claims before the first of them is not believed', async () => {
    await start({ TRUST_PROXY: '2' });
    const [claimed, reader, edge] = ['198.51.100.1', '203.0.113.9', '192.0.2.44'];
    const chain = { 'x-forwarded-for': `${claimed}, ${reader}, ${edge}` };
    await fetch(`${gateway.url}/api/v1/volumes`, { headers: chain });
    expect(sentOn()?.['x-forwarded-for']).toBe(reader);
  });

  it('is not believed otherwise', async () => {
    await start();
    const response = await fetch(`${gateway.url}/api/v1/volumes`, { headers: outside });
    expect(sentOn()?.['x-forwarded-for']).toBe('127.0.0.1');
    expect(response.headers.get('strict-transport-security')).toBeNull();
  });
});

describe('other origins', () => {
  const friend = { origin: 'https://friend.example' };
  const preflight = {
    method: 'OPTIONS',
    headers: { ...friend, 'access-control-request-method': 'GET' },
  };

  it('may read the API when they are listed', async () => {
    await start({ CORS_ORIGINS: 'https://friend.example' });
    const response = await fetch(`${gateway.url}/api/v1/volumes`, { headers: friend });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://friend.example');
    expect(response.headers.get('vary')).toContain('Origin');
    const asked = await fetch(`${gateway.url}/api/v1/volumes`, preflight);
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-methods')).toBe('GET, HEAD');
    expect(asked.headers.get('access-control-allow-origin')).toBe('https://friend.example');
  });

  it('may not when they are not', async () => {
    await start({ CORS_ORIGINS: 'https://friend.example' });
    const headers = { origin: 'https://stranger.example' };
    const response = await fetch(`${gateway.url}/api/v1/volumes`, { headers });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect((await fetch(`${gateway.url}/api/v1/volumes`, { ...preflight, headers })).status).toBe(
      403,
    );
  });

  it('may not by default', async () => {
    await start();
    const response = await fetch(`${gateway.url}/api/v1/volumes`, { headers: friend });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect((await fetch(`${gateway.url}/api/v1/volumes`, preflight)).status).toBe(405);
  });
});
