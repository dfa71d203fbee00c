import type { MailSentResponse, SignUpRequest } from '@gospelib/contracts';
import type { Database } from '@gospelib/database';
import type { FastifyRequest } from 'fastify';
import { findUserId } from '../account/account.repository.ts';
import { authFaultOf } from '../auth/auth.error.ts';
import { authHeaders } from '../auth/auth.headers.ts';
import type { Auth } from '../auth/auth.ts';
import { withMinimumDuration } from '../http/minimum.duration.ts';
import { assertPassword } from '../password/password.policy.ts';
import { mailBudget } from '../throttle/mail.budget.ts';
import type { Throttle } from '../throttle/throttle.ts';

export type SignUp = (input: SignUpRequest, request: FastifyRequest) => Promise<MailSentResponse>;

/** Longer than it takes to hash a password and write an account, ms: both outcomes then take the same time. */
const minimumDuration = 400;

/** Creates an unconfirmed account and mails a link; if the address has an account, mails its owner instead. */
export function signUpService(auth: Auth, database: Database, throttle: Throttle): SignUp {
  return async ({ email, password, name }, request) => {
    assertPassword(password, email, 'body.password');
    await mailBudget(throttle, email, request);
    await withMinimumDuration(minimumDuration, async () => {
      try {
        await auth.api.signUpEmail({
          body: { email, password, name },
          headers: authHeaders(request),
        });
      } catch (error) {
        // Two requests at once: the other one has just created the account.
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
