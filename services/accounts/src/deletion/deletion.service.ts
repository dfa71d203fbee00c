import type { DeleteAccountRequest, DeleteAccountResponse } from '@gospelib/contracts';
import type { Database } from '@gospelib/database';
import { ProblemError } from '@gospelib/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readAccount } from '../account/account.repository.ts';
import { authHeaders, sendCookies } from '../auth/auth.headers.ts';
import type { Auth } from '../auth/auth.ts';
import { type EventLog, eventSource } from '../event/event.log.ts';
import type { MailQueue } from '../mail/mail.queue.ts';
import { mailTexts } from '../mail/mail.texts.ts';
import type { PasswordService } from '../password/password.service.ts';
import type { KnownDevices } from '../session/known.devices.ts';
import { signedInOf } from '../session/session.guard.ts';
import { deleteAccount } from './deletion.repository.ts';

export type DeleteAccount = (
  input: DeleteAccountRequest,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<DeleteAccountResponse>;

export interface DeletionDependencies {
  auth: Auth;
  database: Database;
  passwords: PasswordService;
  events: EventLog;
  mails: MailQueue;
  devices: Pick<KnownDevices, 'forget'>;
  /** How long a token is valid, seconds. */
  tokenLifetime: number;
}

const freshFor = 600_000;
/** For clocks that differ, and for a token signed at the very moment of the deletion, ms. */
const margin = 60_000;

const explanation =
  'Your name, e-mail, password, sessions and links are gone now and cannot be brought back; a signed-in page elsewhere ' +
  'is signed out with its next request. Highlights, notes, bookmarks and history are removed within minutes, and once ' +
  'more at finalAt, when the last token of the account has expired. The log of security events keeps that an account ' +
  'was deleted, not whose. Backups forget you as they expire.';

export function deletionService(dependencies: DeletionDependencies): DeleteAccount {
  const { auth, database, passwords, events, mails, devices, tokenLifetime } = dependencies;
  return async ({ password }, request, reply) => {
    const { userId, since, email } = signedInOf(request);
    const { hasPassword } = await readAccount(database, userId);
    if (hasPassword) {
      if (password === undefined) throw missingPassword();
      await passwords.confirm(password, request);
    } else if (Date.now() - since.getTime() > freshFor) {
      throw new ProblemError('forbidden', 'Sign in again, then delete within ten minutes.');
    }
    const deletedAt = new Date();
    const finalAt = new Date(deletedAt.getTime() + tokenLifetime * 1000 + margin);
    const deletion = await deleteAccount(database, userId, { deletedAt, finalAt });
    if (deletion) {
      await events.record('account-deleted', {}, { requestId: eventSource(request).requestId });
      mails.post(mailTexts.deleted(email));
    }
    const cleared = await auth.api.signOut({ headers: authHeaders(request), returnHeaders: true });
    sendCookies(reply, cleared.headers);
    devices.forget(reply);
    return {
      deletedAt: deletedAt.toISOString(),
      finalAt: finalAt.toISOString(),
      explanation,
    };
  };
}

function missingPassword(): ProblemError {
  return new ProblemError('invalid-input', 'Your password is needed.', {
    errors: [{ path: 'body.password', message: 'is required' }],
  });
}
