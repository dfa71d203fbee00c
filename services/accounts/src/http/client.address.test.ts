import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { clientAddress, networkOf, subscriberOf } from './client.address.ts';

function request(peer: string, forwarded?: string | string[]): FastifyRequest {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { socket: { remoteAddress: peer }, headers } as unknown as FastifyRequest;
}

describe('clientAddress', () => {
  it.each([
    ['127.0.0.1', undefined, '127.0.0.1'],
    ['127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['::1', '2001:db8::1', '2001:db8::1'],
    ['10.1.2.3', '203.0.113.9', '203.0.113.9'],
    ['203.0.113.1', '198.51.100.7', '203.0.113.1'],
    ['2001:db8::9', '198.51.100.7', '2001:db8::9'],
    ['127.0.0.1', '203.0.113.9, 10.0.0.1', '127.0.0.1'],
    ['127.0.0.1', 'nonsense', '127.0.0.1'],
  ])('from %s with %s is %s', (peer, forwarded, expected) => {
    expect(clientAddress(request(peer, forwarded))).toBe(expected);
  });
});

describe('what is counted and kept of an address', () => {
  it.each([
    ['192.0.2.77', '192.0.2.77', '192.0.2.0/24'],
    ['::ffff:192.0.2.77', '192.0.2.77', '192.0.2.0/24'],
    ['2001:DB8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8:0:0::/64', '2001:db8:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64', 'fe80:0:0::/48'],
    ['::1', '0:0:0:0::/64', '0:0:0::/48'],
  ])('%s', (address, subscriber, network) => {
    expect(subscriberOf(address)).toBe(subscriber);
    expect(networkOf(address)).toBe(network);
  });

  it('is nothing for what is no address', () => {
    expect(networkOf('')).toBeUndefined();
  });
});
