import type { Auth } from '../auth/auth.ts';
import { SigningError } from './signing.error.ts';

interface Payload extends Record<string, unknown> {
  /** Seconds since the epoch. */
  iat: number;
  exp: number;
}

/** @throws SigningError when no key can sign; StoreUnavailableError when the keys cannot be read */
export async function signToken(auth: Auth, payload: Payload): Promise<string> {
  try {
    const { token } = await auth.api.signJWT({ body: { payload } });
    return token;
  } catch (cause) {
    if (!(cause instanceof Error && cause.message.startsWith('Failed to decrypt'))) throw cause;
    throw new SigningError(
      'The signing key cannot be opened with the secret given (AUTH_SECRETS). Give the secret that it was made with, ' +
        'or run ./gl keys replace.',
      { cause },
    );
  }
}
