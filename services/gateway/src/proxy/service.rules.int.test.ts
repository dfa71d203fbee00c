import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../testing/start.platform.ts';
import type { TestUpstream } from '../testing/upstream.server.ts';

let platform: TestPlatform;
/** Every header that one service may receive and another may not. */
let sent: Record<string, string>;

beforeAll(async () => {
  platform = await startTestPlatform();
  sent = {
    authorization: await platform.issuer.bearer('maker'),
    cookie: 'gospelib.session_token=secret',
    origin: 'http://localhost:8080',
    referer: 'http://localhost:8080/account',
    'sec-fetch-site': 'same-origin',
    'idempotency-key': 'a-key-of-maker',
    'if-match': '"7"',
    'if-none-match': '*',
    'x-user-id': 'stranger',
    'x-gospelib-user': 'stranger',
    'content-encoding': 'gzip',
  };
});
afterAll(() => platform.close());
beforeEach(() => platform.reset());

async function seenBy(service: TestUpstream, path: string): Promise<Record<string, unknown>> {
  // A raw request, since fetch does not send some of these headers.
  await platform.gateway.app.inject({ url: path, headers: sent });
  const headers = service.received.at(-1)?.headers;
  return Object.fromEntries(Object.keys(sent).map((name) => [name, headers?.[name]]));
}

const only = (...names: string[]): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [name, names.includes(name) ? value : undefined]),
  );

describe('of what a caller sends', () => {
  it('content and the reader see nothing that is personal', async () => {
    expect(await seenBy(platform.content, '/api/v1/volumes')).toEqual(only('if-none-match'));
    expect(await seenBy(platform.reader, '/alma/32')).toEqual(only('if-none-match'));
  });

  it('accounts sees the session and where the request comes from', async () => {
    expect(await seenBy(platform.accounts, '/api/v1/account')).toEqual(
      only('cookie', 'origin', 'referer', 'sec-fetch-site', 'if-none-match'),
    );
  });

  it('study sees the token, the key and the version', async () => {
    expect(await seenBy(platform.study, '/api/v1/study/notes')).toEqual(
      only('authorization', 'idempotency-key', 'if-match', 'if-none-match'),
    );
  });
});

describe('of what a service answers', () => {
  it('cookies reach the caller from accounts only', async () => {
    const { authorization = '' } = sent;
    for (const [service, path, expected] of [
      [platform.accounts, '/api/v1/auth/session', ['a=1; HttpOnly', 'b=2; HttpOnly']],
      [platform.study, '/api/v1/study/notes', []],
      [platform.content, '/api/v1/volumes', []],
      [platform.reader, '/alma', []],
    ] as const) {
      service.answer((_request, response) => {
        response.setHeader('set-cookie', ['a=1; HttpOnly', 'b=2; HttpOnly']).end('ok');
      });
      const response = await fetch(platform.gateway.url + path, { headers: { authorization } });
      expect(response.headers.getSetCookie(), path).toEqual(expected);
    }
  });

  it('a version stays one that can be sent back', async () => {
    const { authorization = '' } = sent;
    const note = JSON.stringify({ body: 'faith '.repeat(1000) });
    platform.study.answer((request, response) => {
      response.setHeader('content-type', 'application/json');
      if (request.url?.endsWith('/7')) response.setHeader('etag', '"7"');
      response.end(note);
    });
    const get = (path: string) =>
      fetch(`${platform.gateway.url}/api/v1/study/notes${path}`, {
        headers: { authorization, 'accept-encoding': 'gzip' },
      });
    const one = await get('/7');
    expect(one.headers.get('etag')).toBe('"7"');
    expect(one.headers.get('content-encoding')).toBeNull();
    expect((await get('')).headers.get('content-encoding')).toBe('gzip');
  });

  it('a 401 carries a challenge, its own or ours', async () => {
    const refuse = (challenge?: string): void =>
      platform.accounts.answer((_request, response) => {
        if (challenge) response.setHeader('www-authenticate', challenge);
        response.writeHead(401).end();
      });
    const challenge = async () => {
      const response = await fetch(`${platform.gateway.url}/api/v1/account`, {
        headers: { cookie: 'gospelib.session_token=old' },
      });
      expect(response.status).toBe(401);
      return response.headers.get('www-authenticate');
    };
    refuse();
    expect(await challenge()).toBe('Cookie realm="gospelib"');
    refuse('Session');
    expect(await challenge()).toBe('Session');
  });
});
