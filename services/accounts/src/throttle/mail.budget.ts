import type { FastifyRequest } from 'fastify';
import { clientAddress, subscriberOf } from '../http/client.address.ts';
import { mailPolicies } from './throttle.policy.ts';
import type { Throttle } from './throttle.ts';

/** Counts a request that may send a mail, whether or not it does. @throws ProblemError too-many-requests */
export async function mailBudget(
  throttle: Throttle,
  recipient: string,
  request: FastifyRequest,
): Promise<void> {
  await throttle.take(mailPolicies.address, subscriberOf(clientAddress(request)));
  await throttle.take(mailPolicies.recipient, recipient);
}
