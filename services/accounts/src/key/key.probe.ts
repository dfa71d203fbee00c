import { createPublicKey, verify } from 'node:crypto';
import type { Auth } from '../auth/auth.ts';
import type { KeyRing } from './key.ring.ts';
import { SigningError } from './signing.error.ts';
import { signToken } from './token.signing.ts';

/**
 * Signs as for a token and verifies it with the published key.
 * @throws SigningError; StoreUnavailableError when the keys cannot be read
 */
export async function proveSigning(auth: Auth, keys: KeyRing): Promise<void> {
  await keys.signing();
  const { keys: published } = await keys.published();
  // It names nobody and has expired, so it is a token for no one.
  const token = await signToken(auth, { iat: 0, exp: 1 });
  const [header = '', payload = '', signature = ''] = token.split('.');
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
  const key = published.find((one) => one.kid === kid);
  const signed = Buffer.from(`${header}.${payload}`);
  const good =
    key !== undefined &&
    verify(
      null,
      signed,
      createPublicKey({ key, format: 'jwk' }),
      Buffer.from(signature, 'base64url'),
    );
  if (!good) {
    throw new SigningError(
      'The signing key does not match its published half: run ./gl keys replace.',
    );
  }
}
