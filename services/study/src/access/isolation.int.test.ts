import { randomUUIDv7 } from 'node:crypto';
import { problem } from '@gospelib/contracts';
import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issuer, signToken } from '../testing/accounts.double.ts';
import { type Reader, startWorld, type World } from '../testing/study.world.ts';

let world: World;
/** Every method of every address that the service describes. */
let routes: [method: string, path: string][];

beforeAll(async () => {
  world = await startWorld();
  const described = await world.app.inject('/api/v1/study/openapi.json');
  const paths: Record<string, Record<string, unknown>> = described.json().paths;
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method): [string, string] => [method.toUpperCase(), path]),
  );
});
afterAll(() => world?.close());

const forEveryone = '/api/v1/study/shared/{link}';

const own: Record<string, object> = {
  notes: { passage: 'alma.32.21', body: 'Owner’s thought on Alma 32:22', tags: ['owner'] },
  highlights: { passage: 'alma.32.21', color: 'red', tags: ['owner'] },
  bookmarks: { passage: 'alma.32.21', label: 'Owner', tags: ['owner'] },
  collections: { title: 'Owner’s', items: [{ passage: 'alma.32.21' }] },
};

/** Creates one item of each kind. @returns the ids by kind */
async function furnish(reader: Reader): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const [kind, content] of Object.entries(own)) {
    ids[kind] = (await reader('POST', `/${kind}`, content)).json().id;
  }
  await reader('PUT', '/palette/red', { label: 'Owner’s red' });
  await reader('PUT', '/history/alma.32', { verse: 21 });
  return ids;
}

const fillIn = (path: string, id: string): string =>
  path
    .replace('{id}', id)
    .replace('{chapter}', 'alma.32')
    .replace('{color}', 'red')
    .replace('{link}', 'x'.repeat(32));

describe('without a good token', () => {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    sub: 'stranger',
    sid: 's',
    iat: now,
    exp: now + 300,
    iss: issuer,
    aud: 'gospelib',
  };
  const identities: [string, () => Promise<string | undefined>][] = [
    ['nobody', async () => undefined],
    ['an empty header', async () => ''],
    ['another scheme', async () => 'Basic YW5uOmFubg=='],
    ['a broken token', async () => 'Bearer a.b.c'],
    ['no token', async () => 'Bearer '],
    ['an expired token', async () => bearer({ iat: now - 600, exp: now - 300 })],
    ['a token for later', async () => bearer({ iat: now + 600, exp: now + 900 })],
    ['another issuer', async () => bearer({ iss: 'https://evil.example' })],
    ['another audience', async () => bearer({ aud: 'another' })],
    ['nobody’s name', async () => bearer({ sub: '' })],
    ['a token that lives too long', async () => bearer({ exp: now + 86_400 })],
    [
      'a foreign key',
      async () =>
        `Bearer ${await signToken((await generateKeyPair('EdDSA')).privateKey, 'stranger')}`,
    ],
    ['no algorithm', async () => `Bearer ${part({ alg: 'none' })}.${part(claims)}.`],
    [
      'no algorithm, with a signature',
      async () => `Bearer ${part({ alg: 'none' })}.${part(claims)}.eA`,
    ],
    [
      'a shared secret',
      async () => `Bearer ${part({ alg: 'HS256', kid: 'test' })}.${part(claims)}.eA`,
    ],
  ];
  /** Every address except that of shared lists, and some that do not exist. */
  const guarded = (): [string, string][] => [
    ...routes.filter(([, path]) => path !== forEveryone),
    ['GET', '/api/v1/study/nothing'],
    ['GET', '/x'],
  ];
  const bearer = async (over: Record<string, unknown>): Promise<string> =>
    `Bearer ${await world.accounts.token('stranger', over)}`;

  it('nothing is answered but 401', async () => {
    let refused = 0;
    for (const [name, identity] of identities) {
      const authorization = await identity();
      for (const [method, path] of guarded()) {
        const response = await world.app.inject({
          method: method as 'GET',
          url: fillIn(path ?? '', randomUUIDv7()),
          headers: {
            'x-user-id': 'stranger',
            ...(authorization !== undefined && { authorization }),
          },
        });
        expect(response.statusCode, `${method} ${path} as ${name}`).toBe(401);
        expect(response.headers['www-authenticate']).toMatch(/^Bearer/);
        expect(problem.parse(response.json()).type).toBe('/problems/unauthenticated');
        refused += 1;
      }
    }
    expect(refused).toBe(identities.length * (routes.length - 1 + 2));
    console.info(
      `refused: ${guarded().length} addresses × ${identities.length} identities = ${refused}`,
    );
  });

  it('only probes, numbers, the description and shared lists are open', async () => {
    const url = fillIn(forEveryone, '');
    expect((await world.app.inject(url)).statusCode).toBe(404);
    expect((await world.app.inject({ method: 'DELETE', url })).statusCode).toBe(401);
    for (const url of ['/health', '/ready', '/metrics', '/api/v1/study/openapi.json']) {
      expect((await world.app.inject(url)).statusCode).toBe(200);
    }
    // The gateway asks which methods an address has, with nothing of the caller.
    const methods = await world.app.inject({ method: 'OPTIONS', url: '/api/v1/study/import' });
    expect([methods.statusCode, methods.headers.allow]).toEqual([405, 'POST']);
  });
});

describe('as another reader', () => {
  it('finds nothing, changes nothing, and learns nothing', async () => {
    const [stranger, owner] = [await world.reader(), await world.reader()];
    const ids = await furnish(owner);
    const before = (await owner('GET', '/export')).body;
    let walked = 0;
    for (const [method, path] of routes) {
      const kind = path.split('/')[4] ?? '';
      const url = fillIn(path, ids[kind] ?? '').replace('/api/v1/study', '');
      const body = method === 'POST' || method === 'PUT' ? bodyFor(path) : undefined;
      const response = await stranger(method as 'GET', url, body, {
        ...(path.endsWith('/import') && { 'content-type': 'application/x-ndjson' }),
      });
      const unknown = await stranger(
        method as 'GET',
        fillIn(path, randomUUIDv7()).replace('/api/v1/study', ''),
        body,
        {
          ...(path.endsWith('/import') && { 'content-type': 'application/x-ndjson' }),
        },
      );
      expect(response.body, `${method} ${path}`).not.toContain('Owner');
      // Another reader's item and a missing one get the same answer.
      expect(response.statusCode, `${method} ${path}`).toBe(unknown.statusCode);
      if (path.includes('{id}') && method !== 'PUT') expect(response.statusCode).toBe(404);
      // A stranger can create their own item under the owner's id: delete it again for the following addresses.
      if (path.endsWith('{id}') && method === 'PUT') {
        expect(response.statusCode).toBe(201);
        await stranger('DELETE', url);
      }
      walked += 1;
    }
    expect(walked).toBe(routes.length);
    console.info(`walked: ${walked} addresses as another reader`);
    expect((await owner('GET', '/export')).body).toBe(before);
  });

  it('keeps keys apart', async () => {
    const [stranger, owner] = [await world.reader(), await world.reader()];
    const key = { 'idempotency-key': randomUUIDv7() };
    const owners = await owner('POST', '/notes', own.notes, key);
    const strangers = await stranger('POST', '/notes', own.notes, key);
    expect(strangers.statusCode).toBe(201);
    expect(strangers.headers['idempotency-replayed']).toBeUndefined();
    expect(strangers.json().id).not.toBe(owners.json().id);
  });

  it('keeps one id of two readers apart', async () => {
    const [stranger, owner] = [await world.reader(), await world.reader()];
    const id = randomUUIDv7();
    await owner('PUT', `/notes/${id}`, { body: 'Owner’s' });
    const strangers = await stranger(
      'PUT',
      `/notes/${id}`,
      { body: 'Stranger’s' },
      { 'if-none-match': '*' },
    );
    expect(strangers.statusCode).toBe(201);
    expect((await owner('GET', `/notes/${id}`)).json().body).toBe('Owner’s');
    await stranger('DELETE', `/notes/${id}`);
    expect((await owner('GET', `/notes/${id}`)).json().body).toBe('Owner’s');
  });
});

function bodyFor(path: string): unknown {
  const kind = path.split('/')[4] ?? '';
  if (kind === 'palette') return { label: 'Stranger’s red' };
  if (kind === 'history') return {};
  if (kind === 'import') {
    return '{"type":"gospelib-study","format":1}\n{"type":"end","lines":0}\n';
  }
  if (path.endsWith('/share')) return undefined;
  return JSON.parse(
    JSON.stringify(own[kind] ?? {})
      .replaceAll('Owner’s', 'Stranger’s')
      .replaceAll('Owner', 'Stranger'),
  );
}
