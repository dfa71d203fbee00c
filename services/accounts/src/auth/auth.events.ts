import { randomBytes } from 'node:crypto';
import type { Database } from '@gospelib/database';
import type { EventLog } from '../event/event.log.ts';
import type { MailQueue } from '../mail/mail.queue.ts';
import { mailTexts } from '../mail/mail.texts.ts';
import { mayMail } from '../throttle/mail.budget.ts';
import type { Throttle } from '../throttle/throttle.ts';
import { createConfirmLink } from '../verification/verification.link.ts';
import { dropUnprovenPassword } from '../verification/verification.repository.ts';
import type { Auth, AuthEvents } from './auth.ts';

const resetMinutes = 60;

export interface AuthEventsOptions {
  publicUrl: string;
  database: Database;
  mails: MailQueue;
  events: EventLog;
  throttle: Throttle;
  auth: () => Auth;
}

/** Sends mails with our own links and records security events when better-auth reports something. */
export function authEvents(options: AuthEventsOptions): AuthEvents {
  const { publicUrl, database, mails, events, throttle, auth } = options;
  // The token is in the fragment: it reaches no server, log or referrer until the page sends it.
  const resetUrl = (token: string): string => `${publicUrl}/account/reset#token=${token}`;
  return {
    async sendVerification({ id, email }) {
      if (!(await mayMail(throttle, 'confirm', email))) return;
      const token = await createConfirmLink(auth(), id);
      mails.post(mailTexts.verify(email, `${publicUrl}/account/confirm#token=${token}`));
    },

    async sendReset({ id, email }, token) {
      if (!(await mayMail(throttle, 'reset', email))) return;
      mails.post(mailTexts.reset(email, resetUrl(token)));
      await events.record('password-reset-requested', { userId: id });
    },

    // The account may be unconfirmed, with a password set by a stranger who typed this address first. So we do not
    // resend the old link but send one to set a password, which replaces the stranger's.
    async signedUpAgain({ id, email }) {
      if (!(await mayMail(throttle, 'repeated', email))) return;
      const token = randomBytes(24).toString('base64url');
      const { internalAdapter } = await auth().$context;
      await internalAdapter.createVerificationValue({
        identifier: `reset-password:${token}`,
        value: id,
        expiresAt: new Date(Date.now() + resetMinutes * 60_000),
      });
      mails.post(mailTexts.alreadyRegistered(email, resetUrl(token)));
      await events.record('sign-up-repeated', { userId: id });
    },

    async passwordReset({ id, email }) {
      await database.query(
        'user verified',
        'UPDATE users SET email_verified = true, updated_at = now() WHERE id = $1',
        [id],
      );
      mails.post(mailTexts.passwordChanged(email));
    },

    async linking({ userId }, headers) {
      if (!(await dropUnprovenPassword(database, userId))) return;
      await events.record('password-dropped', { userId }, events.sourceOf(headers));
    },

    userCreated: ({ id }, headers) =>
      events.record('account-created', { userId: id }, events.sourceOf(headers)),
    sessionCreated: ({ id, userId }, headers) =>
      events.record('signed-in', { userId, sessionId: id }, events.sourceOf(headers)),
  };
}
