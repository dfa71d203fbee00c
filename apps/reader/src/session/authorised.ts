import { sendWithin, USUAL_LIMIT } from '../api/send.ts';
import { accountApi } from './account.api.ts';
import { createAuthorised } from './authorised.fetch.ts';
import { checkSession } from './session.actions.ts';
import { session } from './session.store.ts';
import { TokenStore } from './token.store.ts';

const dependencies = {
  session,
  tokens: new TokenStore(() => accountApi.token()),
  check: checkSession,
};

/** For usual requests; see `createAuthorised`. */
export const authorised = createAuthorised({ ...dependencies, send: sendWithin(USUAL_LIMIT) });
/** For export and import, which may take up to two minutes. */
export const authorisedSlowly = createAuthorised({ ...dependencies, send: sendWithin(120_000) });
