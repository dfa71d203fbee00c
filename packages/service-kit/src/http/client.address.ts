import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** The networks that a name stands for, as in Fastify's `trustProxy`. */
const named: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** True for an address within the networks; false for anything that is no address. */
type Networks = (address: string | undefined) => boolean;

/** @param list addresses, networks in CIDR form, and the names loopback, linklocal and uniquelocal */
function networks(list: readonly string[]): Networks {
  if (list.length === 0) return () => false;
  const block = new BlockList();
  for (const one of list.flatMap((name) => named[name] ?? [name])) {
    const [address = '', prefix] = one.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) block.addAddress(address, family);
    else block.addSubnet(address, Number(prefix), family);
  }
  return (address) => {
    const bare = parseAddress(address ?? '');
    return bare !== undefined && block.check(bare, isIP(bare) === 6 ? 'ipv6' : 'ipv4');
  };
}

/** Whether who is that many hops away, 0 being who connected, is a proxy of ours. */
export type Proxies = (address: string | undefined, hop: number) => boolean;

/** @param trust addresses and networks as in `networks`, or how many proxies every request passes */
export function proxies(trust: readonly string[] | number): Proxies {
  return typeof trust === 'number' ? (_address, hop) => hop < trust : networks(trust);
}

/** This machine and the networks that nobody reaches from outside. */
export const isPrivateAddress: Networks = networks(['loopback', 'linklocal', 'uniquelocal']);

/**
 * The address in an entry of X-Forwarded-For, which some proxies write with a port: `192.0.2.1:5678`, `[2001:db8::1]:99`.
 * IPv4 in its IPv6 form becomes IPv4, a zone is dropped. Undefined for anything else.
 */
export function parseAddress(entry: string): string | undefined {
  const text = entry.trim();
  if (isIP(text) === 4) return text;
  const [, bracketed, v4] = /^(?:\[([^\]]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d{1,5})?$/.exec(text) ?? [];
  const address = (bracketed ?? v4 ?? text).replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1] ?? address;
  return isIP(mapped) === 0 ? undefined : mapped;
}

/**
 * The caller's address: that of the connection, or, as far as the proxies in front are trusted, what they tell in
 * X-Forwarded-For. An entry that is no address ends the chain, and the proxy that sent it counts as the caller.
 */
export function clientAddress(raw: IncomingMessage, trusted: Proxies): string {
  const peer = raw.socket.remoteAddress ?? '';
  const forwarded = raw.headers['x-forwarded-for'];
  let client = parseAddress(peer) ?? peer;
  if (typeof forwarded !== 'string') return client;
  for (const [hop, entry] of forwarded.split(',').reverse().entries()) {
    if (!trusted(client, hop)) return client;
    const next = parseAddress(entry);
    if (next === undefined) return client;
    client = next;
  }
  return client;
}

/** What one subscriber has all of, and is counted as one: the IPv4 address, or the /64 network of IPv6. */
export function subscriberOf(address: string): string {
  const bare = parseAddress(address);
  if (bare === undefined || isIP(bare) === 4) return bare ?? 'unknown';
  return `${ipv6Groups(bare).slice(0, 4).join(':')}::/64`;
}

/** The part of an address that may be stored: the /24 of IPv4, the /48 of IPv6; undefined for anything else. */
export function networkOf(address: string): string | undefined {
  const bare = parseAddress(address);
  if (bare === undefined) return undefined;
  if (isIP(bare) === 4) return `${bare.split('.').slice(0, 3).join('.')}.0/24`;
  return `${ipv6Groups(bare).slice(0, 3).join(':')}::/48`;
}

/** The eight groups of an IPv6 address, without leading zeros, so that each address has one form. */
function ipv6Groups(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const split = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const front = split(head);
  const back = tail === undefined ? [] : split(tail);
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return [...front, ...zeros, ...back].map((group) => group.replace(/^0+(?=.)/, ''));
}
