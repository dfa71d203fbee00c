import { ApiError, NetworkError, SignedOutError } from '@gospelib/client';
import type { SessionStore } from './session.store.ts';
import type { Token, TokenStore } from './token.store.ts';

export type AuthorisedDependencies = {
  readonly session: SessionStore;
  readonly tokens: TokenStore;
  /** Checks who is signed in. */
  readonly check: () => Promise<void>;
  readonly send: typeof fetch;
};

/**
 * Creates a `fetch` for the signed-in reader's data. It sends again when a service refuses the first token, so a body
 * must not be a stream. Any status is an answer; it throws
 * - SignedOutError when nobody is signed in, or not the reader for whom the call began: nothing goes to a wrong account
 * - NetworkError when nobody answers
 * - ApiError when accounts cannot give a token now (429, 5xx)
 * - the signal's reason when the caller aborts.
 */
export function createAuthorised({
  session,
  tokens,
  check,
  send,
}: AuthorisedDependencies): typeof fetch {
  session.subscribe(() => {
    if (!session.current.account) tokens.clear();
  });

  const tokenOf = async (owner: string): Promise<Token> => {
    const before = session.current;
    const token = await tokens.get(owner).catch((error: unknown) => {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
      // An answer to an earlier request must not sign out a reader who signed in meanwhile.
      if (session.current === before) session.signedOut();
      throw new SignedOutError();
    });
    if (token.owner !== owner) void check();
    if (token.owner !== owner || session.current.account?.id !== owner) throw new SignedOutError();
    return token;
  };

  return async (input, init = {}) => {
    const owner = session.current.account?.id;
    if (owner === undefined) throw new SignedOutError();
    const attempt = async ({ value }: Token): Promise<Response> => {
      init.signal?.throwIfAborted();
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${value}`);
      try {
        return await send(input, { ...init, headers });
      } catch (error) {
        init.signal?.throwIfAborted();
        throw new NetworkError('The library could not be reached.', error);
      }
    };
    const token = await tokenOf(owner);
    const response = await attempt(token);
    if (response.status !== 401) return response;
    tokens.drop(token.value);
    return attempt(await tokenOf(owner));
  };
}
