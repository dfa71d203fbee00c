import type { FastifyRequest } from 'fastify';
import { isPrivateAddress } from './client.address.ts';

/** Headers that a proxy adds: with one of them, the connection's address says nothing about the caller. */
const passedOn = ['forwarded', 'x-forwarded-for', 'via', 'x-real-ip'] as const;

/** True for a caller that connects directly from this machine or a private network, as Prometheus does. */
export function isPrivateCaller(request: FastifyRequest): boolean {
  if (passedOn.some((name) => request.headers[name] !== undefined)) return false;
  return isPrivateAddress(request.socket.remoteAddress);
}
