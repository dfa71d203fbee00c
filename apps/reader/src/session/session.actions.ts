import { ApiError } from '@gospelib/client';
import { accountApi } from './account.api.ts';
import { type SessionAccount, session } from './session.store.ts';

/** Asks accounts who is signed in. An outage changes nothing. */
export function checkSession(): Promise<void> {
  return session.confirm(readerOfCookie);
}

async function readerOfCookie(): Promise<SessionAccount | undefined> {
  try {
    return await accountApi.account();
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return undefined;
    throw error;
  }
}

/**
 * Ends this session.
 * @throws ApiError or NetworkError when it could not be ended: the reader is then still signed in
 */
export async function signOut(): Promise<void> {
  await accountApi.signOut();
  session.signedOut();
}
