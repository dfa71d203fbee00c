import { BlockList, isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

const privateNetworks = new BlockList();
privateNetworks.addSubnet('127.0.0.0', 8);
privateNetworks.addSubnet('10.0.0.0', 8);
privateNetworks.addSubnet('172.16.0.0', 12);
privateNetworks.addSubnet('192.168.0.0', 16);
privateNetworks.addAddress('::1', 'ipv6');
privateNetworks.addSubnet('fc00::', 7, 'ipv6');

/**
 * The caller's address. The gateway sends exactly one address in X-Forwarded-For; it is trusted only from a private
 * network, where nobody but the gateway can reach this service.
 */
export function clientAddress(request: FastifyRequest): string {
  const peer = request.socket.remoteAddress ?? '';
  const forwarded = request.headers['x-forwarded-for'];
  if (typeof forwarded !== 'string' || isIP(forwarded) === 0) return peer;
  return privateNetworks.check(peer, isIP(peer) === 6 ? 'ipv6' : 'ipv4') ? forwarded : peer;
}

/** The key by which attempts are counted: the IPv4 address, or the /64 of IPv6, which one subscriber has all of. */
export function subscriberOf(address: string): string {
  return ipv4Of(address) ?? `${ipv6Groups(address).slice(0, 4).join(':')}::/64`;
}

/** The part of an address that is stored: the /24 of IPv4, the /48 of IPv6; undefined for anything else. */
export function networkOf(address: string): string | undefined {
  const ipv4 = ipv4Of(address);
  if (ipv4 !== undefined) return `${ipv4.split('.').slice(0, 3).join('.')}.0/24`;
  if (isIP(address) !== 6) return undefined;
  return `${ipv6Groups(address).slice(0, 3).join(':')}::/48`;
}

/** Also from the IPv6 form, `::ffff:192.0.2.1`. */
function ipv4Of(address: string): string | undefined {
  const last = address.slice(address.lastIndexOf(':') + 1);
  return isIP(last) === 4 ? last : undefined;
}

function ipv6Groups(address: string): string[] {
  const [head = '', tail] = address.replace(/%.*$/, '').toLowerCase().split('::');
  const split = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const front = split(head);
  const back = tail === undefined ? [] : split(tail);
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return [...front, ...zeros, ...back];
}
