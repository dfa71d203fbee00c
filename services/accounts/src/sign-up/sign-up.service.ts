import type { MailSentResponse, SignUpRequest } from '@gospelib/contracts';
import type { Database } from '@gospelib/database';
import type { FastifyRequest } from 'fastify';
import { findUserId } from '../account/account.repository.ts';
import { authFaultOf } from '../auth/auth.error.ts';
import { authHeaders } from '../auth/auth.headers.ts';
import type { Auth } from '../auth/auth.ts';
import { atLeast } from '../http/at-least.ts';
import { assertPassword } from '../password/password.policy.ts';
import { mailBudget } from '../throttle/mail.budget.ts';
import type { Throttle } from '../throttle/throttle.ts';

export type SignUp = (input: SignUpRequest, request: FastifyRequest) => Promise<MailSentResponse>;

/** Longer than hashing a password and writing an account take, ms: both outcomes then take the same time. */
const floor = 400;

/** Makes an account that waits for its mailed link; for an address that has one, mails its owner instead. */
export function signUpService(auth: Auth, database: Database, throttle: Throttle): SignUp {
  return async ({ email, password, name }, request) => {
    assertPassword(password, email, 'body.password');
    await mailBudget(throttle, email, request);
    await atLeast(floor, async () => {
      try {
        await auth.api.signUpEmail({
          body: { email, password, name },
          headers: authHeaders(request),
        });
      } catch (error) {
        // Two at once: the other one made the account a moment ago.
        if (authFaultOf(error)?.code !== 'FAILED_TO_CREATE_USER') throw error;
        if ((await findUserId(database, email)) === undefined) throw error;
      }
    });
    return {
      status: 'mail-sent',
      detail: 'A mail with the next step is on its way to that address.',
    };
  };
}
