import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** Another company's OpenID provider, at the HTTP edge: code flow with PKCE and nonce. */
export interface IdentityProvider {
  discoveryUrl: string;
  /** The person it names next. */
  person: { sub: string; email: string; email_verified: boolean; name: string };
  /** The fault in its next answer. */
  fault: 'none' | 'foreign key' | 'wrong nonce' | 'wrong audience' | 'no answer';
  /** Plays the browser at the provider. @returns the address it is sent back to */
  approve(authorizationUrl: string): string;
  close(): Promise<void>;
}

export const clientId = 'gospelib-test';
export const clientSecret = 'provider-secret-of-the-tests';

interface Grant {
  nonce: string;
  challenge: string;
  redirectUri: string;
}

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const own = await generateKeyPair('RS256');
  const foreign = await generateKeyPair('RS256');
  const grants = new Map<string, Grant>();
  let issuer = '';

  const server = createServer((request, response) => {
    if (provider.fault === 'no answer') return;
    answer(request, response).catch(() => response.writeHead(500).end());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '', issuer);
    if (pathname === '/.well-known/openid-configuration') return send(response, 200, discovery());
    if (pathname === '/jwks') {
      const key = { ...(await exportJWK(own.publicKey)), kid: 'k', alg: 'RS256', use: 'sig' };
      return send(response, 200, { keys: [key] });
    }
    if (pathname === '/token') return exchange(await bodyOf(request), request, response);
    return send(response, 404, {});
  }

  async function exchange(
    form: URLSearchParams,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const grant = grants.get(form.get('code') ?? '');
    grants.delete(form.get('code') ?? '');
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '');
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const known =
      form.get('client_secret') === clientSecret ||
      request.headers.authorization === `Basic ${basic}`;
    if (!grant || !known || challenge.digest('base64url') !== grant.challenge) {
      return send(response, 400, { error: 'invalid_grant' });
    }
    const { privateKey } = provider.fault === 'foreign key' ? foreign : own;
    const nonce = provider.fault === 'wrong nonce' ? 'another' : grant.nonce;
    const idToken = await new SignJWT({ ...provider.person, nonce })
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .setIssuer(issuer)
      .setAudience(provider.fault === 'wrong audience' ? 'another' : clientId)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
    send(response, 200, { access_token: randomUUID(), token_type: 'Bearer', id_token: idToken });
  }

  function discovery(): object {
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
    };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: IdentityProvider = {
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    person: { sub: 'p-1', email: 'reader@home.example', email_verified: true, name: 'Reader' },
    fault: 'none',
    approve(authorizationUrl) {
      const { searchParams } = new URL(authorizationUrl);
      const code = randomUUID();
      const redirectUri = searchParams.get('redirect_uri') ?? '';
      grants.set(code, {
        nonce: searchParams.get('nonce') ?? '',
        challenge: searchParams.get('code_challenge') ?? '',
        redirectUri,
      });
      const back = new URL(redirectUri);
      back.searchParams.set('code', code);
      back.searchParams.set('state', searchParams.get('state') ?? '');
      return back.pathname + back.search;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return provider;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return new URLSearchParams(text);
}
