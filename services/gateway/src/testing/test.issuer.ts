import type { RequestListener } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export const publicUrl = 'https://gospelib.example';

/** A fake accounts service at its HTTP edge: publishes a key and signs tokens with it. */
export class TestIssuer {
  readonly #key: CryptoKey;
  readonly #jwk: JWK;

  private constructor(key: CryptoKey, jwk: JWK) {
    this.#key = key;
    this.#jwk = jwk;
  }

  static async create(): Promise<TestIssuer> {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA' };
    return new TestIssuer(privateKey, jwk);
  }

  /** Answers with its keys, and with `ok` to everything else. */
  readonly listener: RequestListener = (request, response) => {
    response.setHeader('content-type', 'application/json');
    const keys = request.url === '/api/v1/auth/jwks';
    response.end(JSON.stringify(keys ? { keys: [this.#jwk] } : 'ok'));
  };

  /** A valid token with changed `claims`. */
  token(userId: string, claims: Record<string, unknown> = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const good = { sub: userId, sid: `session-of-${userId}`, iss: publicUrl, aud: 'gospelib' };
    return new SignJWT({ ...good, iat: now, exp: now + 300, ...claims })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'test' })
      .sign(this.#key);
  }

  /** As a header. */
  async bearer(userId: string, claims?: Record<string, unknown>): Promise<string> {
    return `Bearer ${await this.token(userId, claims)}`;
  }
}
