import { createPublicKey, randomUUID } from 'node:crypto';
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import type { Account } from '../account.ts';
import { type SigningKey, signWith } from '../signing.key.ts';
import type { Guard } from './routes.ts';

/** Somebody who is not who they say, and what they send. */
export interface Impostor {
  readonly who: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Added to the address, e.g. `access_token=…`. */
  readonly query?: string;
  /** Where what they send is in order, and so refused by nobody. */
  readonly fineFor?: Guard;
}

export interface World {
  /** Where people reach the site: the issuer of its tokens. */
  readonly origin: string;
  readonly key: SigningKey;
  /** Whom everybody says to be. */
  readonly owner: Account;
  readonly stranger: Account;
  /** The cookie of a session that was ended. */
  readonly endedCookie: string;
}

/** Names by which a careless service might believe who somebody is. */
const believedNames = [
  'x-user-id',
  'x-user',
  'x-gospelib-user',
  'x-session-id',
  'x-forwarded-user',
  'x-auth-request-user',
  'x-authenticated-userid',
  'remote-user',
  'userid',
];

/** The owner's name in every such header. */
export function forgedNames({ id }: Account): Record<string, string> {
  return Object.fromEntries(believedNames.map((name) => [name, id]));
}

export async function makeImpostors(world: World): Promise<Impostor[]> {
  return [
    { who: 'nobody', headers: {} },
    { who: 'a name in headers', headers: forgedNames(world.owner) },
    ...(await badTokens(world)),
    ...(await misplacedTokens(world)),
    ...badCookies(world),
  ];
}

async function badTokens({ key, owner, stranger, origin }: World): Promise<Impostor[]> {
  const now = Math.floor(Date.now() / 1000);
  const good = { sub: owner.id, iss: origin };
  const foreign = { kid: key.kid, ...(await generateKeyPair('EdDSA')) };
  const unknown = { ...foreign, kid: randomUUID() };
  const [head = '', body = '', signature = ''] = (await owner.token()).split('.');
  const [, strangers = ''] = (await stranger.token()).split('.');
  const x = key.publicJwk.x ?? '';
  const pem = createPublicKey({ key: { ...key.publicJwk }, format: 'jwk' });
  /** A symmetric signature with what everybody knows as the secret. */
  const shared = (secret: string | Buffer): Promise<string> =>
    new SignJWT({ ...good, sid: 's', aud: 'gospelib', iat: now, exp: now + 300 })
      .setProtectedHeader({ alg: 'HS256', kid: key.kid })
      .sign(Buffer.from(secret));
  const unsigned = new UnsecuredJWT({ ...good, sid: 's', aud: 'gospelib' })
    .setIssuedAt()
    .setExpirationTime('5m')
    .encode();
  const none = (alg: string): string =>
    [Buffer.from(JSON.stringify({ alg, kid: key.kid })).toString('base64url'), body, ''].join('.');
  const jwk = key.publicJwk;
  const tokens: [who: string, token: string][] = [
    ['a broken token', 'a.b.c'],
    ['no token', ''],
    ['a token without its signature', `${head}.${body}.`],
    ['half a token', `${head}.${body}`],
    ['a token with another payload', `${head}.${strangers}.${signature}`],
    ['a token with another signature', `${head}.${body}.${signature.split('').reverse().join('')}`],
    ['an expired token', await signWith(key, { ...good, iat: now - 400, exp: now - 100 })],
    ['a token for later', await signWith(key, { ...good, iat: now + 600, exp: now + 900 })],
    ['a token not valid yet', await signWith(key, { ...good, nbf: now + 600 })],
    ['a token for a day', await signWith(key, { ...good, exp: now + 86_400 })],
    ['a token without an end', await signWith(key, { ...good, exp: undefined })],
    ['another issuer', await signWith(key, { ...good, iss: 'https://evil.example' })],
    ['another audience', await signWith(key, { ...good, aud: 'another' })],
    ['no audience', await signWith(key, { ...good, aud: undefined })],
    ['a token of nobody', await signWith(key, { iss: origin })],
    ['a token of an empty name', await signWith(key, { ...good, sub: '' })],
    ['a token without a session', await signWith(key, { ...good, sid: undefined })],
    ['a foreign key under our name', await signWith(foreign, good)],
    ['a foreign key', await signWith(unknown, good)],
    ['a foreign key that it brings itself', await signWith(foreign, good, { jwk })],
    ['a foreign key by address', await signWith(unknown, good, { jku: 'http://127.0.0.1:9/k' })],
    ['alg none', unsigned],
    ['alg none, signed', `${unsigned}${signature}`],
    ['alg none under our key', none('none')],
    ['alg NonE', none('NonE')],
    ['HS256 with the public key', await shared(Buffer.from(x, 'base64url'))],
    ['HS256 with the public key as text', await shared(x)],
    ['HS256 with the public key as PEM', await shared(pem.export({ type: 'spki', format: 'pem' }))],
    ['HS256 with the public key as JWK', await shared(JSON.stringify(key.publicJwk))],
  ];
  return tokens.map(([who, token]) => ({ who, headers: { authorization: `Bearer ${token}` } }));
}

/** Good ones, where they do not belong. */
async function misplacedTokens({ owner, origin }: World): Promise<Impostor[]> {
  const token = await owner.token();
  return [
    { who: 'a token of a person', headers: { authorization: `Bearer ${token}` }, fineFor: 'token' },
    { who: 'a token without its scheme', headers: { authorization: token } },
    { who: 'a token under another scheme', headers: { authorization: `Token ${token}` } },
    { who: 'a token as a password', headers: { authorization: `Basic ${btoa(`owner:${token}`)}` } },
    { who: 'two schemes', headers: { authorization: `Basic x, Bearer ${token}` } },
    { who: 'a token in another header', headers: { 'x-access-token': token } },
    {
      who: 'a token as if from a proxy',
      headers: { 'x-forwarded-authorization': `Bearer ${token}` },
    },
    { who: 'a token in the address', headers: {}, query: `access_token=${token}&token=${token}` },
    {
      who: 'a token as a cookie',
      headers: { cookie: `token=${token}; access_token=${token}`, origin },
    },
    {
      who: 'a token as the session',
      headers: { cookie: `gospelib.session_token=${token}`, origin },
    },
  ];
}

function badCookies({ owner, stranger, origin, endedCookie }: World): Impostor[] {
  const [name = '', value = ''] = owner.cookie.split('=');
  const [session = '', signature = ''] = decodeURIComponent(value).split('.');
  const strangers = decodeURIComponent(stranger.cookie.split('=')[1] ?? '').split('.')[1] ?? '';
  const cookies: [who: string, cookie: string][] = [
    ['a made-up session', `${name}=${'x'.repeat(32)}.${encodeURIComponent(signature)}`],
    ['an unsigned session', `${name}=${session}`],
    ['a session with another signature', `${name}=${session}.${encodeURIComponent(strangers)}`],
    ['a session under another name', `session=${value}; __Secure-${name}=${value}`],
    ['a session that was ended', endedCookie],
    ['a broken cookie', `${name}=%E0%A4%A`],
  ];
  return [
    ...cookies.map(([who, cookie]) => ({ who, headers: { cookie, origin } })),
    { who: 'a session as a token', headers: { authorization: `Bearer ${value}` } },
    {
      who: 'a session where a token belongs',
      headers: { cookie: owner.cookie, origin },
      fineFor: 'session',
    },
  ];
}

/** The owner's own browser, made to send something by another site: their cookie comes along. */
export function otherSites({ owner }: World): Impostor[] {
  const sites: [who: string, headers: Record<string, string>][] = [
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that looks like ours', { origin: 'http://localhost.evil.example' }],
    ['an origin without a name', { origin: 'null' }],
    ['a cross-site request', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour of our site', { 'sec-fetch-site': 'same-site' }],
    ['a page elsewhere', { referer: 'https://evil.example/' }],
    ['no word of where it comes from', {}],
  ];
  return sites.map(([who, headers]) => ({ who, headers: { cookie: owner.cookie, ...headers } }));
}
