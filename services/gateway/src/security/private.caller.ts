import { BlockList } from 'node:net';
import type { FastifyRequest } from 'fastify';

const privateNetworks = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  privateNetworks.addSubnet(network, prefix, 'ipv4');
}
privateNetworks.addAddress('::1', 'ipv6');
privateNetworks.addSubnet('fc00::', 7, 'ipv6');
privateNetworks.addSubnet('fe80::', 10, 'ipv6');

/** Headers that a proxy adds: with one of them, the connection's address says nothing about the caller. */
const passedOn = ['forwarded', 'x-forwarded-for', 'via', 'x-real-ip'] as const;

/** True for a caller that connects directly from this machine or a private network, as Prometheus does. */
export function isPrivateCaller(request: FastifyRequest): boolean {
  if (passedOn.some((name) => request.headers[name] !== undefined)) return false;
  const address = request.socket.remoteAddress ?? '';
  return privateNetworks.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}
