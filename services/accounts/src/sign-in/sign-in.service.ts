import type { AccountResponse, SignInRequest } from '@gospelib/contracts';
import type { Database } from '@gospelib/database';
import { ProblemError } from '@gospelib/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findUserId, readAccount } from '../account/account.repository.ts';
import { authFaultOf } from '../auth/auth.error.ts';
import { authHeaders, sendCookies } from '../auth/auth.headers.ts';
import type { Auth } from '../auth/auth.ts';
import { type EventLog, eventSource } from '../event/event.log.ts';
import { clientAddress, subscriberOf } from '../http/client.address.ts';
import type { PasswordHasher } from '../password/password.hasher.ts';
import type { KnownDevices } from '../session/known.devices.ts';
import { deleteSession } from '../session/session.repository.ts';
import { knownPlace, signInPolicies } from '../throttle/throttle.policy.ts';
import type { Throttle } from '../throttle/throttle.ts';

export type SignIn = (
  input: SignInRequest,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<AccountResponse>;

export type SignOut = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export interface SignInDependencies {
  auth: Auth;
  database: Database;
  throttle: Throttle;
  events: EventLog;
  devices: KnownDevices;
  hasher: Pick<PasswordHasher, 'renew'>;
}

/**
 * Checks a password within the limits. An unknown e-mail costs the same work and gets the same answer as a wrong
 * password.
 */
export function signInService({
  auth,
  database,
  throttle,
  events,
  devices,
  hasher,
}: SignInDependencies): SignIn {
  return async ({ email, password, remember }, request, reply) => {
    const place = subscriberOf(clientAddress(request));
    const pair = `${email} ${place}`;
    await throttle.take(signInPolicies.address, place);
    if (!(await throttle.isRemembered(knownPlace.name, pair))) {
      await throttle.take(signInPolicies.account, email);
    }
    await throttle.take(signInPolicies.pair, pair);

    const { response, headers } = await auth.api
      .signInEmail({
        body: { email, password, rememberMe: remember },
        headers: authHeaders(request),
        returnHeaders: true,
      })
      .catch(async (error: unknown) => {
        throw await refusal(error, email, request);
      });
    await Promise.all([
      hasher.renew(response.user.id, password),
      throttle.refund(signInPolicies.address, place),
      throttle.clear(signInPolicies.account, email),
      throttle.clear(signInPolicies.pair, pair),
      throttle.remember(knownPlace.name, pair, knownPlace.seconds),
    ]);
    sendCookies(reply, headers);
    if (remember) devices.remember(reply, email);
    return readAccount(database, response.user.id);
  };

  async function refusal(error: unknown, email: string, request: FastifyRequest): Promise<unknown> {
    const fault = authFaultOf(error);
    if (fault?.status !== 401 && fault?.code !== 'EMAIL_NOT_VERIFIED') return error;
    const wrong = fault.status === 401;
    const userId = await findUserId(database, email);
    const kind = wrong ? 'sign-in-failed' : 'sign-in-refused-unverified';
    await events.record(kind, { userId }, eventSource(request));
    return wrong
      ? new ProblemError('unauthenticated', 'The e-mail or the password is wrong.')
      : new ProblemError(
          'forbidden',
          'Confirm your e-mail address first; the link is in your mail.',
        );
  }
}

/** Ends the session in the store before removing its cookie, so that a failure is not reported as success. */
export function signOutService({ auth, database, events }: SignInDependencies): SignOut {
  return async (request, reply) => {
    const headers = authHeaders(request);
    const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
    if (found) {
      const subject = { userId: found.user.id, sessionId: found.session.id };
      await deleteSession(database, subject.userId, subject.sessionId);
      await events.record('signed-out', subject, eventSource(request));
    }
    const cleared = await auth.api.signOut({ headers, returnHeaders: true });
    sendCookies(reply, cleared.headers);
  };
}
