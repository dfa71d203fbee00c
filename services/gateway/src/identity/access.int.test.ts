import { problem } from '@gospelib/contracts';
import { UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RouteRule, routeTable } from '../routing/route.table.ts';
import { startTestPlatform, type TestPlatform } from '../testing/start.platform.ts';
import { publicUrl, TestIssuer } from '../testing/test.issuer.ts';

let platform: TestPlatform;
/** Headers of callers who pretend to be somebody else. */
let impostors: [who: string, headers: Record<string, string>][];

beforeAll(async () => {
  platform = await startTestPlatform();
  const { issuer } = platform;
  const foreign = await TestIssuer.create();
  const now = Math.floor(Date.now() / 1000);
  const unsigned = new UnsecuredJWT({ sub: 'maker', sid: 's' })
    .setIssuer(publicUrl)
    .setAudience('gospelib')
    .setIssuedAt()
    .setExpirationTime('5m')
    .encode();
  const [head = '', , signature = ''] = (await issuer.token('maker')).split('.');
  const [, payload = ''] = (await issuer.token('stranger')).split('.');
  impostors = [
    ['nobody', {}],
    ['a name in headers', { 'x-user-id': 'maker', 'x-gospelib-user': 'maker' }],
    ['another scheme', { authorization: 'Basic YW5uOmFubg==' }],
    ['a broken token', { authorization: 'Bearer a.b.c' }],
    ['no token', { authorization: 'Bearer ' }],
    ['two schemes', { authorization: `Basic x, ${await issuer.bearer('maker')}` }],
    ['another payload', { authorization: `Bearer ${head}.${payload}.${signature}` }],
    [
      'expired',
      { authorization: await issuer.bearer('maker', { iat: now - 600, exp: now - 300 }) },
    ],
    ['from the future', { authorization: await issuer.bearer('maker', { iat: now + 600 }) }],
    ['forever', { authorization: await issuer.bearer('maker', { exp: now + 86_400 }) }],
    [
      'another issuer',
      { authorization: await issuer.bearer('maker', { iss: 'https://e.example' }) },
    ],
    ['another audience', { authorization: await issuer.bearer('maker', { aud: 'another' }) }],
    ['a foreign key', { authorization: await foreign.bearer('maker') }],
    ['alg none', { authorization: `Bearer ${unsigned}` }],
    ['alg none, signed', { authorization: `Bearer ${unsigned}${signature}` }],
    ['token in a cookie', { cookie: `token=${await issuer.token('maker')}` }],
  ];
});
afterAll(() => platform.close());
beforeEach(() => platform.reset());

const pathOf = ({ path }: RouteRule): string => path.replace(/\*$/, 'x/y').replace(/:\w+$/, 'x');

function ask(method: string, path: string, headers: Record<string, string>): Promise<Response> {
  const body = method === 'GET' || method === 'HEAD' ? null : '{}';
  return fetch(platform.gateway.url + path, { method, headers, body });
}

describe('what is not public', () => {
  it('is shut for whoever cannot prove who they are, and no service hears of it', async () => {
    let refused = 0;
    for (const rule of routeTable.filter(({ access }) => access !== 'public')) {
      for (const [who, headers] of impostors) {
        // Accounts decides whether a cookie is valid.
        if (rule.access === 'session' && headers.cookie) continue;
        for (const method of rule.methods) {
          const response = await ask(method, pathOf(rule), headers);
          const what = `${method} ${rule.path} as ${who}`;
          expect(response.status, what).toBe(401);
          const scheme = rule.access === 'session' ? /^Cookie/ : /^Bearer/;
          expect(response.headers.get('www-authenticate'), what).toMatch(scheme);
          if (method !== 'HEAD') {
            expect(problem.parse(await response.json()).type).toBe('/problems/unauthenticated');
          }
          refused += 1;
        }
      }
    }
    expect(refused).toBeGreaterThan(200);
    expect(platform.study.received).toEqual([]);
    expect(platform.accounts.received.filter(({ url }) => !url.endsWith('/jwks'))).toEqual([]);
  });

  it('is open with a good token, which the service gets to verify again', async () => {
    const authorization = await platform.issuer.bearer('maker');
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      expect((await ask(method, '/api/v1/study/notes', { authorization })).status).toBe(200);
    }
    expect(platform.study.received).toHaveLength(4);
    expect(platform.study.received[0]?.headers.authorization).toBe(authorization);
  });

  it('says which of the two it misses: a token, or a better one', async () => {
    const none = await ask('GET', '/api/v1/study/notes', {});
    expect(none.headers.get('www-authenticate')).toBe('Bearer');
    const bad = await ask('GET', '/api/v1/study/notes', { authorization: 'Bearer a.b.c' });
    expect(bad.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  });

  it('is counted when refused, by why', async () => {
    const text = await (await fetch(`${platform.gateway.url}/metrics`)).text();
    for (const why of ['malformed', 'expired', 'signature', 'claims', 'algorithm']) {
      expect(text).toMatch(new RegExp(`gateway_tokens_refused_total\\{why="${why}".*\\} [1-9]`));
    }
  });
});

describe('what is public', () => {
  it('is open for everybody, whatever they hold', async () => {
    const open = routeTable.filter(({ access }) => access === 'public');
    for (const rule of open) {
      for (const [who, headers] of impostors) {
        const response = await ask(rule.methods[0] ?? 'GET', pathOf(rule), headers);
        expect(response.status, `${rule.path} as ${who}`).toBe(200);
      }
    }
  });

  it('is no more than this', () => {
    const open = routeTable.filter(({ access }) => access === 'public');
    expect(open.map(({ path }) => path).sort()).toEqual([
      '/*',
      '/api/v1/*',
      '/api/v1/account/openapi.json',
      '/api/v1/auth/*',
      '/api/v1/auth/jwks',
      '/api/v1/auth/providers',
      '/api/v1/auth/sign-in/email',
      '/api/v1/auth/sign-out',
      '/api/v1/chapters/:chapter',
      '/api/v1/graph/*',
      '/api/v1/search',
      '/api/v1/study/openapi.json',
      '/api/v1/study/shared/:link',
    ]);
  });
});
