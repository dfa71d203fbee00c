import type { ConfirmAddressRequest, MailSentResponse } from '@gospelib/contracts';
import type { Database } from '@gospelib/database';
import { ProblemError } from '@gospelib/service-kit';
import type { FastifyRequest } from 'fastify';
import { authHeaders } from '../auth/auth.headers.ts';
import type { Auth } from '../auth/auth.ts';
import { type EventLog, eventSource } from '../event/event.log.ts';
import { clientAddress, subscriberOf } from '../http/client.address.ts';
import { withFixedDuration } from '../http/fixed.duration.ts';
import { assertPassword } from '../password/password.policy.ts';
import { countMailRequest } from '../throttle/mail.budget.ts';
import { linkPolicy } from '../throttle/throttle.policy.ts';
import type { Throttle } from '../throttle/throttle.ts';
import { accountOfLink } from './verification.link.ts';
import { confirmUser } from './verification.repository.ts';

export interface VerificationService {
  /** Mails the link again. */
  ask(email: string, request: FastifyRequest): Promise<MailSentResponse>;
  confirm(input: ConfirmAddressRequest, request: FastifyRequest): Promise<void>;
}

export interface VerificationDependencies {
  auth: Auth;
  database: Database;
  throttle: Throttle;
  events: EventLog;
}

/** Longer than the half second that better-auth takes for it, ms. */
const duration = 600;

/**
 * Confirms that an address belongs to whoever signed up with it. The link alone is not enough: whoever opens it may not
 * be who chose the password, so it is proved, or replaced by a new one.
 */
export function verificationService(dependencies: VerificationDependencies): VerificationService {
  const { auth, database, throttle, events } = dependencies;

  async function provePassword(userId: string, password: string): Promise<void> {
    const { internalAdapter, password: hasher } = await auth.$context;
    const hash = (await internalAdapter.findCredentialAccount(userId))?.password;
    if (hash && (await hasher.verify({ hash, password }))) return;
    throw new ProblemError('invalid-input', 'The password is not the one given at sign-up.', {
      errors: [{ path: 'body.password', message: 'is not the one given at sign-up' }],
    });
  }

  return {
    async ask(email, request) {
      await countMailRequest(throttle, request);
      // Without the cookie: the answer does not depend on who asks.
      const headers = authHeaders(request);
      headers.delete('cookie');
      await withFixedDuration(
        duration,
        () => auth.api.sendVerificationEmail({ body: { email }, headers }),
        (err) => request.log.warn({ err }, 'the link was not sent again after the answer'),
      );
      return {
        status: 'mail-sent',
        detail:
          'If that address waits to be confirmed, a mail with the link is on its way. No more than a few an hour are sent.',
      };
    },

    async confirm({ token, password, newPassword }, request) {
      await throttle.take(linkPolicy, subscriberOf(clientAddress(request)));
      const user = await accountOfLink(auth, token);
      if (user === undefined) throw badLink();
      if (password !== undefined) await provePassword(user.id, password);
      let hash: string | undefined;
      if (newPassword !== undefined) {
        assertPassword(newPassword, user.email, 'body.newPassword');
        hash = await (await auth.$context).password.hash(newPassword);
      }
      if (!(await confirmUser(database, user.id, hash))) throw badLink();
      const source = eventSource(request);
      await events.record('email-verified', { userId: user.id }, source);
      if (hash) await events.record('password-reset', { userId: user.id }, source);
    },
  };
}

function badLink(): ProblemError {
  return new ProblemError('bad-request', 'The link does not work any more. Ask for a new one.');
}
