import { createHmac, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  issuer,
  type KeyServer,
  makeKey,
  part,
  type SigningKey,
  sign,
  startKeyServer,
} from './testing/key.server.ts';
import { InvalidTokenError, KeysUnavailableError } from './token.error.ts';
import {
  createTokenVerifier,
  type TokenVerifier,
  type TokenVerifierOptions,
} from './token.verifier.ts';

let server: KeyServer;
let key: SigningKey;

beforeEach(async () => {
  server = await startKeyServer();
  key = await makeKey('key-1');
  server.published = [key];
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
});

function verifier(options: Partial<TokenVerifierOptions> = {}): TokenVerifier {
  return createTokenVerifier({
    jwksUrl: server.url,
    issuer,
    cooldown: 50,
    timeout: 60_000,
    ...options,
  });
}

const now = () => Math.floor(Date.now() / 1000);

describe('a good token', () => {
  it('says who it speaks for', async () => {
    const exp = now() + 300;
    expect(await verifier().verify(await sign(key, { exp }))).toEqual({
      userId: 'user-1',
      sessionId: 'session-1',
      expiresAt: exp * 1000,
    });
  });

  it('is verified once, and the keys are fetched once', async () => {
    const tokens = verifier();
    const token = await sign(key);
    expect(tokens.peek(token)).toBeUndefined();
    const first = await tokens.verify(token);
    expect(await tokens.verify(token)).toBe(first);
    expect(tokens.peek(token)).toBe(first);
    await Promise.all(
      Array.from({ length: 20 }, async (_, i) => tokens.verify(await sign(key, { sid: `s${i}` }))),
    );
    expect(server.fetches).toBe(1);
  });

  it('is forgotten the moment it expires', async () => {
    const tokens = verifier({ clockTolerance: 0 });
    const token = await sign(key, { exp: now() + 60 });
    await tokens.verify(token);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    expect(tokens.peek(token)).toBeUndefined();
    await expect(tokens.verify(token)).rejects.toMatchObject({ fault: 'expired' });
  });

  it('is refused once its session was ended, cached or not', async () => {
    const ended = new Set<string>();
    const tokens = verifier({ revocations: { has: (id) => ended.has(id), fresh: true } });
    const [one, other] = await Promise.all([sign(key), sign(key, { sid: 'session-2' })]);
    await tokens.verify(one);
    await tokens.verify(other);
    ended.add('session-1');
    expect(tokens.peek(one)).toBeUndefined();
    await expect(tokens.verify(one)).rejects.toMatchObject({ fault: 'revoked' });
    expect(tokens.peek(other)).toMatchObject({ sessionId: 'session-2' });
  });

  it('counts for a minute while nobody knows which sessions were ended', async () => {
    const revocations = { has: () => false, fresh: true };
    const tokens = verifier({ revocations });
    const token = await sign(key, { iat: now() - 70, exp: now() + 200 });
    const young = await sign(key, { iat: now() - 30, exp: now() + 200 });
    await tokens.verify(token);
    revocations.fresh = false;
    expect(tokens.peek(token)).toBeUndefined();
    await expect(tokens.verify(token)).rejects.toMatchObject({ fault: 'unproven' });
    await tokens.verify(young);
    revocations.fresh = true;
    await tokens.verify(token);
  });

  it('is kept in bounded room', async () => {
    const tokens = verifier({ cacheSize: 3 });
    const all = await Promise.all([1, 2, 3, 4].map((n) => sign(key, { sid: `s${n}` })));
    for (const token of all) await tokens.verify(token);
    expect(all.map((token) => tokens.peek(token) !== undefined)).toEqual([false, true, true, true]);
  });

  it('passes within the clock tolerance, but is not kept', async () => {
    const tokens = verifier({ clockTolerance: 5 });
    const token = await sign(key, { iat: now() - 100, exp: now() - 2 });
    await expect(tokens.verify(token)).resolves.toMatchObject({ userId: 'user-1' });
    expect(tokens.peek(token)).toBeUndefined();
  });
});

describe('a token is refused', () => {
  async function expectFault(token: string, fault: string): Promise<void> {
    const tokens = verifier();
    const error = await tokens.verify(token).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(InvalidTokenError);
    expect(error).toMatchObject({ fault });
    expect(tokens.peek(token)).toBeUndefined();
  }

  it.each([
    ['expired', { iat: now() - 400, exp: now() - 100 }, 'expired'],
    ['not yet valid', { nbf: now() + 100 }, 'claims'],
    ['made in the future', { iat: now() + 100, exp: now() + 300 }, 'claims'],
    ['living too long', { exp: now() + 3600 }, 'claims'],
    ['made too long ago', { iat: now() - 700, exp: now() + 300 }, 'expired'],
    ['of another issuer', { iss: 'https://evil.example' }, 'claims'],
    ['for another audience', { aud: 'other' }, 'claims'],
    ['without issuer', { iss: undefined }, 'claims'],
    ['without audience', { aud: undefined }, 'claims'],
    ['without subject', { sub: undefined }, 'claims'],
    ['without session', { sid: undefined }, 'claims'],
    ['without end', { exp: undefined }, 'claims'],
    ['without beginning', { iat: undefined }, 'claims'],
    ['with an empty subject', { sub: '' }, 'claims'],
    ['with a subject that is no text', { sub: 42 }, 'claims'],
    ['with a subject beyond reason', { sub: 'x'.repeat(65) }, 'claims'],
    ['with an end that is no number', { exp: 'never' }, 'claims'],
  ])('when it is %s', async (_what, claims, fault) => {
    await expectFault(await sign(key, claims), fault);
  });

  it('when a key signed it that is not published', async () => {
    await expectFault(await sign(await makeKey('foreign')), 'unknown-key');
  });

  it('when a foreign key claims to be a published one', async () => {
    await expectFault(await sign(await makeKey('key-1')), 'signature');
  });

  it('when its content was changed', async () => {
    const [head, , signature] = (await sign(key)).split('.');
    const [, body] = (await sign(key, { sub: 'user-2' })).split('.');
    await expectFault(`${head}.${body}.${signature}`, 'signature');
  });

  it('when it is not signed at all', async () => {
    const [, body] = (await sign(key)).split('.');
    for (const alg of ['none', 'None', 'NONE', '']) {
      const head = part({ alg, kid: 'key-1' });
      for (const token of [`${head}.${body}.`, `${head}.${body}.AA`]) {
        await expect(verifier().verify(token)).rejects.toBeInstanceOf(InvalidTokenError);
      }
    }
  });

  it('when the public key is used as a shared secret', async () => {
    const [, body] = (await sign(key)).split('.');
    const signed = `${part({ alg: 'HS256', kid: 'key-1' })}.${body}`;
    const mac = createHmac('sha256', JSON.stringify(key.publicJwk))
      .update(signed)
      .digest('base64url');
    await expectFault(`${signed}.${mac}`, 'algorithm');
  });

  it('when it is signed in another way, even with a published key', async () => {
    const other = await makeKey('es', 'ES256');
    server.published = [key, other];
    await expectFault(await sign(other), 'algorithm');
  });

  it('when it brings its own key, or names where to fetch one', async () => {
    const foreign = await makeKey('foreign');
    await expectFault(await sign(foreign, {}, { jwk: foreign.publicJwk }), 'unknown-key');
    await expectFault(await sign(foreign, {}, { jku: server.url, kid: undefined }), 'signature');
  });

  it('when it needs an extension nobody here knows', async () => {
    const head = part({ alg: 'EdDSA', kid: 'key-1', crit: ['x'], x: 1 });
    const [, body] = (await sign(key)).split('.');
    await expectFault(`${head}.${body}.AAAA`, 'malformed');
  });

  it.each([
    ['', 'malformed'],
    ['.', 'malformed'],
    ['..', 'malformed'],
    ['a.b', 'malformed'],
    ['a.b.c.d', 'malformed'],
    [`${part('not json')}.${part({})}.AAAA`, 'malformed'],
    [`${part('[]')}.${part({})}.AAAA`, 'malformed'],
    [`${part('null')}.${part({})}.AAAA`, 'malformed'],
    [`${part({ alg: 'EdDSA', kid: { $ne: 1 } })}.${part({})}.AAAA`, 'unknown-key'],
    [`${part({ kid: 'key-1' })}.${part({})}.AAAA`, 'malformed'],
    [`${'A'.repeat(3000)}.A.A`, 'malformed'],
  ])('when it is %j', async (token, fault) => {
    await expectFault(token, fault);
  });

  it('for a few seconds without another look, and then looked at anew', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'Date'] });
    const tokens = verifier({ clockTolerance: 5 });
    const early = await sign(key, { nbf: now() + 7 });
    await expect(tokens.verify(early)).rejects.toMatchObject({ fault: 'claims' });
    vi.advanceTimersByTime(3000);
    await expect(tokens.verify(early)).rejects.toMatchObject({ fault: 'claims' });
    vi.advanceTimersByTime(2100);
    await expect(tokens.verify(early)).resolves.toMatchObject({ userId: 'user-1' });
  });

  it('and drives no good one out, however many are sent', async () => {
    const tokens = verifier({ cacheSize: 3 });
    const good = await sign(key);
    await tokens.verify(good);
    for (let n = 0; n < 1500; n++) {
      await expect(tokens.verify(`a.b.${n}`)).rejects.toBeInstanceOf(InvalidTokenError);
    }
    expect(tokens.peek(good)).toBeDefined();
  });

  it('whatever its bytes are', async () => {
    const tokens = verifier();
    const [head = '', body = ''] = (await sign(key)).split('.');
    for (let round = 0; round < 300; round++) {
      const noise = randomBytes(round % 70).toString('base64url');
      const shapes = [
        `${head}.${body}.${noise}`,
        `${head}.${noise}.${noise}`,
        `${noise}.${body}.${noise}`,
      ];
      for (const token of [...shapes, randomBytes(round).toString('latin1')]) {
        await expect(tokens.verify(token)).rejects.toBeInstanceOf(InvalidTokenError);
      }
    }
  });
});

describe('keys', () => {
  it('are looked up again for one that is new, and the old ones still hold', async () => {
    const tokens = verifier();
    const old = await sign(key);
    await tokens.verify(old);
    const next = await makeKey('key-2');
    server.published = [key, next];
    await new Promise((resolve) => setTimeout(resolve, 60));
    await expect(tokens.verify(await sign(next))).resolves.toMatchObject({ userId: 'user-1' });
    await expect(tokens.verify(await sign(key, { sid: 'other' }))).resolves.toBeDefined();
    expect(server.fetches).toBe(2);
  });

  it('are not fetched for every unknown one', async () => {
    const tokens = verifier({ cooldown: 10_000 });
    await tokens.verify(await sign(key));
    const foreign = await makeKey('foreign');
    for (let n = 0; n < 50; n++) {
      const token = await sign(foreign, {}, { kid: `made-up-${n}` });
      await expect(tokens.verify(token)).rejects.toMatchObject({ fault: 'unknown-key' });
    }
    expect(server.fetches).toBe(1);
  });

  it('hold while accounts is away', async () => {
    const failures: unknown[] = [];
    const onRefreshFailed = (error: unknown) => failures.push(error);
    const tokens = verifier({ refreshAfter: 1, timeout: 200, onRefreshFailed });
    await tokens.verify(await sign(key));
    for (const status of [500, undefined]) {
      server.status = status;
      await new Promise((resolve) => setTimeout(resolve, 60));
      await expect(tokens.verify(await sign(key, { sid: `${status}` }))).resolves.toBeDefined();
    }
    await expect.poll(() => failures.length).toBe(2);
  });

  it('are no longer trusted once they are withdrawn', async () => {
    const tokens = verifier({ refreshAfter: 1 });
    await tokens.verify(await sign(key));
    server.published = [await makeKey('key-2')];
    await new Promise((resolve) => setTimeout(resolve, 60));
    await tokens.verify(await sign(key, { sid: 'hears of it in the background' }));
    await expect.poll(() => server.fetches).toBe(2);
    await expect(tokens.verify(await sign(key, { sid: 'after' }))).rejects.toMatchObject({
      fault: 'unknown-key',
    });
  });

  it('take with them what they have signed, once they are withdrawn', async () => {
    const tokens = verifier({ refreshAfter: 20 });
    const next = await makeKey('key-2');
    const [old, fresh] = [await sign(key), await sign(next)];
    server.published = [key, next];
    await tokens.verify(old);
    await tokens.verify(fresh);
    server.published = [next];
    await new Promise((resolve) => setTimeout(resolve, 60));
    // Cached tokens alone trigger the refresh.
    tokens.peek(fresh);
    await expect.poll(() => tokens.peek(old)).toBeUndefined();
    await expect(tokens.verify(old)).rejects.toMatchObject({ fault: 'unknown-key' });
    expect(tokens.peek(fresh)).toMatchObject({ userId: 'user-1' });
  });

  it.each([[500], [404], [undefined]])(
    'that answer %s make it our fault, are spared for a while, and are asked for again',
    async (status) => {
      server.status = status;
      const tokens = verifier({ cooldown: 1000, timeout: 200 });
      const token = await sign(key);
      vi.useFakeTimers({ toFake: ['performance', 'Date'] });
      for (let n = 0; n < 10; n++) {
        await expect(tokens.verify(token)).rejects.toBeInstanceOf(KeysUnavailableError);
      }
      expect(server.fetches).toBe(1);
      server.status = 200;
      vi.advanceTimersByTime(1001);
      await expect(tokens.verify(token)).resolves.toBeDefined();
    },
  );

  it('that nobody serves make it our fault', async () => {
    await server.close();
    await expect(verifier().verify(await sign(key))).rejects.toBeInstanceOf(KeysUnavailableError);
    server = await startKeyServer();
  });
});
