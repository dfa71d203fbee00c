import { ApiError, NetworkError, SignedOutError } from '@gospelib/client';
import { describe, expect, it, vi } from 'vitest';
import { createAuthorised } from './authorised.fetch.ts';
import { SessionStore } from './session.store.ts';
import { readToken, TokenStore } from './token.store.ts';

const author = { id: 'user-1', name: 'Author' };
const stranger = { id: 'user-2', name: 'Stranger' };
const start = Date.parse('2026-01-01T00:00:00Z');

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
let made = 0;
/** A token as accounts makes it; pages never check its signature. */
function tokenFor(sub: string, lifetime = 300): string {
  made += 1;
  const iat = start / 1_000 - 7 * 3_600;
  return [part({ alg: 'EdDSA' }), part({ sub, iat, exp: iat + lifetime, n: made }), 'x'].join('.');
}

const problem = (status: number) => new ApiError({ type: 'x', title: 'x', status });

/** A page with a reader, accounts that issues tokens, and a service that answers. */
function page({
  load = async () => tokenFor(author.id),
  send = async (_authorization: string) => new Response('{}'),
} = {}) {
  const clock = { now: start };
  const session = new SessionStore({
    read: () => author,
    write: () => undefined,
    channel: undefined,
  });
  const loads = vi.fn(load);
  const sends = vi.fn(send);
  const check = vi.fn(async () => undefined);
  const tokens = new TokenStore(
    async () => ({ token: await loads(), expiresAt: '' }),
    () => clock.now,
  );
  const authorised = createAuthorised({
    session,
    tokens,
    check,
    send: (_input, init) => sends(new Headers(init?.headers).get('authorization') ?? ''),
  });
  return {
    clock,
    session,
    loads,
    sends,
    check,
    call: (init?: RequestInit) => authorised('/x', init),
  };
}

describe('tokens', () => {
  it('live by their own length, whatever the clock of the device says', () => {
    expect(readToken(tokenFor(author.id, 300), start)).toMatchObject({
      owner: author.id,
      until: start + 240_000,
    });
  });

  it.each(['', 'a.b.c', `x.${part({ sub: 1 })}.x`])('%j is none', (value) => {
    expect(() => readToken(value, 0)).toThrow();
  });

  it('are fetched once for many requests at a time, kept, and renewed ahead of their end', async () => {
    const { clock, loads, sends, call } = page();
    await Promise.all([call(), call(), call()]);
    expect(loads).toHaveBeenCalledTimes(1);
    clock.now += 200_000;
    await call();
    expect(loads).toHaveBeenCalledTimes(1);
    clock.now += 60_000;
    await call();
    expect(loads).toHaveBeenCalledTimes(2);
    expect(new Set(sends.mock.calls.flat()).size).toBe(2);
    expect(sends.mock.calls[0]?.[0]).toMatch(/^Bearer e.+\.x$/);
  });

  it('are forgotten when the reader signs out', async () => {
    const { session, loads, call } = page();
    await call();
    session.signedOut();
    session.signedIn(author);
    await call();
    expect(loads).toHaveBeenCalledTimes(2);
  });
});

describe('a refused token', () => {
  it('is replaced once', async () => {
    const answers = [new Response('', { status: 401 }), new Response('', { status: 201 })];
    const { loads, sends, call } = page({ send: async () => answers.shift() ?? Response.error() });
    expect((await call()).status).toBe(201);
    expect(loads).toHaveBeenCalledTimes(2);
    expect(sends.mock.calls[0]).not.toEqual(sends.mock.calls[1]);
  });

  it('is given back when the new one is refused too, and signs nobody out', async () => {
    const { session, sends, call } = page({ send: async () => new Response('', { status: 401 }) });
    expect((await call()).status).toBe(401);
    expect(sends).toHaveBeenCalledTimes(2);
    expect(session.current.state).toBe('signed-in');
  });
});

describe('the end of a session', () => {
  it('is told apart: nothing is sent', async () => {
    const { session, sends, call } = page({ load: () => Promise.reject(problem(401)) });
    await expect(call()).rejects.toBeInstanceOf(SignedOutError);
    expect(session.current.state).toBe('signed-out');
    expect(sends).not.toHaveBeenCalled();
  });

  it.each([problem(503), problem(429), new NetworkError('x', undefined)])(
    'is not an outage: %s',
    async (error) => {
      const { session, call } = page({ load: () => Promise.reject(error) });
      await expect(call()).rejects.toBe(error);
      expect(session.current).toEqual({ state: 'signed-in', account: author });
    },
  );

  it('is not a service that cannot be reached', async () => {
    const { session, call } = page({
      send: () => Promise.reject(new TypeError('Failed to fetch')),
    });
    await expect(call()).rejects.toBeInstanceOf(NetworkError);
    expect(session.current.state).toBe('signed-in');
  });

  it('asks for no token when nobody is signed in', async () => {
    const { session, loads, call } = page();
    session.signedOut();
    await expect(call()).rejects.toBeInstanceOf(SignedOutError);
    expect(loads).not.toHaveBeenCalled();
  });
});

describe('another reader', () => {
  it('gets nothing of the one before, and it is found out who it is', async () => {
    const { check, sends, call } = page({ load: async () => tokenFor(stranger.id) });
    await expect(call()).rejects.toBeInstanceOf(SignedOutError);
    expect(check).toHaveBeenCalledTimes(1);
    expect(sends).not.toHaveBeenCalled();
  });

  it('has tokens of their own, also while the other one’s is on its way', async () => {
    const tokens = [tokenFor(author.id), tokenFor(stranger.id)];
    const { session, sends, call } = page({ load: async () => tokens.shift() ?? '' });
    const first = call();
    session.signedIn(stranger);
    const second = call();
    await expect(first).rejects.toBeInstanceOf(SignedOutError);
    expect((await second).ok).toBe(true);
    expect(sends).toHaveBeenCalledTimes(1);
  });
});

it('passes the reason of an abort on', async () => {
  const { call } = page();
  await expect(call({ signal: AbortSignal.abort('left') })).rejects.toBe('left');
});
