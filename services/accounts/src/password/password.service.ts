import type {
  ChangePasswordRequest,
  MailSentResponse,
  ResetPasswordRequest,
} from '@gospelib/contracts';
import { ProblemError } from '@gospelib/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { authFaultOf } from '../auth/auth.error.ts';
import { authHeaders, sendCookies } from '../auth/auth.headers.ts';
import type { Auth } from '../auth/auth.ts';
import { type EventLog, eventSource } from '../event/event.log.ts';
import { clientAddress, subscriberOf } from '../http/client.address.ts';
import { withFixedDuration } from '../http/fixed.duration.ts';
import type { MailQueue } from '../mail/mail.queue.ts';
import { mailTexts } from '../mail/mail.texts.ts';
import type { KnownDevices } from '../session/known.devices.ts';
import { signedInOf } from '../session/session.guard.ts';
import { countMailRequest } from '../throttle/mail.budget.ts';
import { confirmPolicy, linkPolicy, mailPolicies } from '../throttle/throttle.policy.ts';
import type { Throttle } from '../throttle/throttle.ts';
import { assertPassword } from './password.policy.ts';

export interface PasswordService {
  requestReset(email: string, request: FastifyRequest): Promise<MailSentResponse>;
  reset(input: ResetPasswordRequest, request: FastifyRequest): Promise<void>;
  change(input: ChangePasswordRequest, request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Checks the password again before something dangerous. */
  confirm(password: string, request: FastifyRequest): Promise<void>;
}

export interface PasswordDependencies {
  auth: Auth;
  throttle: Throttle;
  events: EventLog;
  mails: MailQueue;
  devices: KnownDevices;
}

/** Longer than it takes to make a link when there is no load, ms. */
const duration = 300;

export function passwordService({
  auth,
  throttle,
  events,
  mails,
  devices,
}: PasswordDependencies): PasswordService {
  return {
    async requestReset(email, request) {
      await countReset(email, request);
      await withFixedDuration(
        duration,
        () => auth.api.requestPasswordReset({ body: { email } }),
        (err) => request.log.warn({ err }, 'password reset failed after its answer'),
      );
      return {
        status: 'mail-sent',
        detail:
          'If there is an account of that address, a mail with a link is on its way. No more than a few an hour are sent.',
      };
    },

    async reset({ token, newPassword }, request) {
      await throttle.take(linkPolicy, subscriberOf(clientAddress(request)));
      const user = await ownerOf(token);
      if (user === undefined) throw badLink();
      assertPassword(newPassword, user.email, 'body.newPassword');
      try {
        await auth.api.resetPassword({ body: { token, newPassword } });
      } catch (error) {
        throw authFaultOf(error)?.code === 'INVALID_TOKEN' ? badLink() : error;
      }
      await events.record('password-reset', { userId: user.id }, eventSource(request));
    },

    async change({ currentPassword, newPassword }, request, reply) {
      const { userId, sessionId, email } = signedInOf(request);
      assertPassword(newPassword, email, 'body.newPassword');
      await throttle.take(confirmPolicy, userId);
      try {
        const { headers } = await auth.api.changePassword({
          body: { currentPassword, newPassword, revokeOtherSessions: true },
          headers: authHeaders(request),
          returnHeaders: true,
        });
        sendCookies(reply, headers);
      } catch (error) {
        throw await confirmFault(error, 'body.currentPassword', userId);
      }
      await throttle.clear(confirmPolicy, userId);
      await events.record('password-changed', { userId, sessionId }, eventSource(request));
      mails.post(mailTexts.passwordChanged(email));
    },

    async confirm(password, request) {
      const { userId } = signedInOf(request);
      await throttle.take(confirmPolicy, userId);
      try {
        await auth.api.verifyPassword({ body: { password }, headers: authHeaders(request) });
      } catch (error) {
        throw await confirmFault(error, 'body.password', userId);
      }
      await throttle.clear(confirmPolicy, userId);
    },
  };

  /** Nobody at the same address, and nobody who asks for the same account, can use up what a known device may ask for. */
  async function countReset(email: string, request: FastifyRequest): Promise<void> {
    const device = devices.nameOf(request, email);
    if (device === undefined || !(await throttle.tryTake(mailPolicies.device, device))) {
      await countMailRequest(throttle, request);
      return;
    }
    await throttle.clear(mailPolicies.kinds.reset, email);
  }

  async function confirmFault(error: unknown, path: string, userId: string): Promise<unknown> {
    const code = authFaultOf(error)?.code;
    if (code !== 'CREDENTIAL_ACCOUNT_NOT_FOUND' && code !== 'INVALID_PASSWORD') return error;
    const { internalAdapter } = await auth.$context;
    // Deleted a moment ago, by another request of the same reader.
    if (!(await internalAdapter.findUserById(userId))) {
      return new ProblemError('unauthenticated', 'Sign in first.');
    }
    if (code === 'CREDENTIAL_ACCOUNT_NOT_FOUND') {
      return new ProblemError(
        'bad-request',
        'This account has no password. Ask for a link to choose one.',
      );
    }
    return new ProblemError('invalid-input', 'The password is wrong.', {
      errors: [{ path, message: 'is wrong' }],
    });
  }

  async function ownerOf(token: string): Promise<{ id: string; email: string } | undefined> {
    const { internalAdapter } = await auth.$context;
    const link = await internalAdapter.findVerificationValue(`reset-password:${token}`);
    if (!link || link.expiresAt < new Date()) return undefined;
    return (await internalAdapter.findUserById(link.value)) ?? undefined;
  }
}

function badLink(): ProblemError {
  return new ProblemError('bad-request', 'The link does not work any more. Ask for a new one.');
}
