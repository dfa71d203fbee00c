import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DeletionsResponse } from '@gospelib/contracts';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';

export const issuer = 'https://gospelib.example';
export const internalSecret = 'an-internal-secret-for-tests-only-0123456789';

/** A fake accounts service at the HTTP edge: publishes a key and the deleted accounts. */
export interface AccountsDouble {
  url: string;
  deletions: DeletionsResponse['items'];
  receipts: string[];
  /** A valid token with changed claims; a claim of undefined is left out. */
  token(userId: string, claims?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

export async function startAccounts(): Promise<AccountsDouble> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA' };
  const accounts: AccountsDouble = {
    url: '',
    deletions: [],
    receipts: [],
    token: (userId, claims = {}) => signToken(privateKey, userId, claims),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((request, response) => {
    const { status, body } = answer(accounts, request, jwk);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  accounts.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return accounts;
}

function answer(accounts: AccountsDouble, request: IncomingMessage, jwk: object) {
  const { pathname } = new URL(request.url ?? '/', 'http://accounts');
  if (pathname === '/api/v1/auth/jwks') return { status: 200, body: { keys: [jwk] } };
  if (request.headers.authorization !== `Bearer ${internalSecret}`)
    return { status: 401, body: {} };
  if (pathname === '/internal/v1/deletions') {
    return { status: 200, body: { items: accounts.deletions } };
  }
  const userId = decodeURIComponent(
    /^\/internal\/v1\/deletions\/(.+)\/receipt$/.exec(pathname)?.[1] ?? '',
  );
  accounts.receipts.push(userId);
  accounts.deletions = accounts.deletions.filter((deletion) => deletion.userId !== userId);
  return { status: 200, body: {} };
}

export function signToken(
  key: CryptoKey,
  userId: string,
  claims: Record<string, unknown> = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const good = { sub: userId, sid: `session-of-${userId}`, iss: issuer, aud: 'gospelib' };
  return new SignJWT({ ...good, iat: now, exp: now + 300, ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'test' })
    .sign(key);
}
