import { clientAddress as addressOf, isPrivateAddress } from '@gospelib/service-kit';
import type { FastifyRequest } from 'fastify';

export { networkOf, subscriberOf } from '@gospelib/service-kit';

/**
 * The caller's address, from the X-Forwarded-For of the gateway. It is trusted only from a private network, where nobody
 * but the gateway can reach this service.
 */
export function clientAddress(request: FastifyRequest): string {
  return addressOf(request.raw, isPrivateAddress);
}
