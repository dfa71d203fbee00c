import type { FastifyRequest } from 'fastify';
import { clientAddress, subscriberOf } from '../http/client.address.ts';
import { mailPolicies } from './throttle.policy.ts';
import type { Throttle } from './throttle.ts';

/**
 * Counts a request that may send a mail, whether or not it does, by the address it comes from.
 * @throws ProblemError too-many-requests
 */
export async function countMailRequest(throttle: Throttle, request: FastifyRequest): Promise<void> {
  await throttle.take(mailPolicies.address, subscriberOf(clientAddress(request)));
}

export type MailKind = keyof typeof mailPolicies.kinds;

/**
 * Counts a mail that is about to be sent, by its recipient and kind. False: its recipient has several of that kind already,
 * each of which works, so it is not sent. The requester is told nothing: a refusal would reveal who has an account, and
 * what was never sent must not use up what can be sent.
 */
export function mayMail(throttle: Throttle, kind: MailKind, recipient: string): Promise<boolean> {
  return throttle.tryTake(mailPolicies.kinds[kind], recipient);
}
