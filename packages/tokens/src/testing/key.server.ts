import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
}

export async function makeKey(kid: string, alg = 'EdDSA'): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg } };
}

export interface KeyServer {
  url: string;
  fetches: number;
  published: SigningKey[];
  /** The status of its answers; undefined: it does not answer. */
  status: number | undefined;
  close(): Promise<void>;
}

/** Publishes keys on a free port of this machine. */
export async function startKeyServer(): Promise<KeyServer> {
  const http = createServer((_request, response) => {
    server.fetches++;
    if (server.status === undefined) return;
    response.writeHead(server.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: server.published.map((key) => key.publicJwk) }));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const server: KeyServer = {
    url: `http://127.0.0.1:${port}/jwks`,
    fetches: 0,
    published: [],
    status: 200,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return server;
}

export const issuer = 'https://gospelib.example';

/** A valid token with changed `claims` and `header`; a claim of undefined is left out. */
export function sign(
  key: SigningKey,
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const good = { sub: 'user-1', sid: 'session-1', iss: issuer, aud: 'gospelib' };
  return new SignJWT({ ...good, iat: now, exp: now + 300, ...claims })
    .setProtectedHeader({ alg: key.publicJwk.alg ?? 'EdDSA', kid: key.kid, ...header })
    .sign(key.privateKey);
}

/** Encodes one part of a token. */
export function part(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString(
    'base64url',
  );
}
