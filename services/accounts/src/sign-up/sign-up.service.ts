import type { MailSentResponse, SignUpRequest } from '@gospelib/contracts';
import type { Database } from '@gospelib/database';
import type { FastifyRequest } from 'fastify';
import { findUserId } from '../account/account.repository.ts';
import { authFaultOf } from '../auth/auth.error.ts';
import { authHeaders } from '../auth/auth.headers.ts';
import type { Auth } from '../auth/auth.ts';
import { withFixedDuration } from '../http/fixed.duration.ts';
import { assertPassword } from '../password/password.policy.ts';
import { countMailRequest } from '../throttle/mail.budget.ts';
import type { Throttle } from '../throttle/throttle.ts';

export type SignUp = (input: SignUpRequest, request: FastifyRequest) => Promise<MailSentResponse>;

/** Longer than it takes to hash a password and write an account when there is no load, ms. */
const duration = 400;

/** Creates an unconfirmed account and mails a link; if the address has an account, mails its owner instead. */
export function signUpService(auth: Auth, database: Database, throttle: Throttle): SignUp {
  return async ({ email, password, name }, request) => {
    assertPassword(password, email, 'body.password');
    await countMailRequest(throttle, request);
    const headers = authHeaders(request);
    const create = async (): Promise<void> => {
      try {
        await auth.api.signUpEmail({ body: { email, password, name }, headers });
      } catch (error) {
        // Two requests at once: the other one has just created the account.
        if (authFaultOf(error)?.code !== 'FAILED_TO_CREATE_USER') throw error;
        if ((await findUserId(database, email)) === undefined) throw error;
      }
    };
    await withFixedDuration(duration, create, (err) =>
      request.log.warn({ err }, 'sign-up failed after its answer'),
    );
    return {
      status: 'mail-sent',
      detail: 'A mail with the next step is on its way to that address.',
    };
  };
}
