import { ApiError } from '@gospelib/client';
import { accountApi } from './account.api.ts';
import { session } from './session.store.ts';

/** Asks who is signed in. An outage changes nothing. */
export async function checkSession(): Promise<void> {
  session.asking();
  try {
    session.signedIn(await accountApi.account());
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) session.signedOut();
    else session.unanswered();
  }
}

/**
 * Ends this session.
 * @throws ApiError or NetworkError where it could not be ended: the reader is still signed in then
 */
export async function signOut(): Promise<void> {
  await accountApi.signOut();
  session.signedOut();
}
