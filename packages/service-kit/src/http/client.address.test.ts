import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  clientAddress,
  isPrivateAddress,
  networkOf,
  parseAddress,
  proxies,
  subscriberOf,
} from './client.address.ts';

describe('parseAddress', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    [' 192.0.2.1:5678 ', '192.0.2.1'],
    ['[2001:DB8::1]:99', '2001:db8::1'],
    ['[::1]', '::1'],
    ['::1', '::1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('%s is %s', (entry, address) => expect(parseAddress(entry)).toBe(address));

  it.each([
    '',
    'unknown',
    '_hidden',
    '192.0.2',
    '192.0.2.1:x',
    '[::1',
    '1.2.3.4, 5.6.7.8',
    '999.1.1.1',
  ])('%j is none', (entry) => expect(parseAddress(entry)).toBeUndefined());
});

describe('clientAddress', () => {
  const seenFrom = (
    peer: string,
    forwarded: string | undefined,
    trusted: string[] | number = ['loopback', '10.0.0.0/8'],
  ) =>
    clientAddress(
      {
        socket: { remoteAddress: peer },
        headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      } as unknown as IncomingMessage,
      proxies(trusted),
    );

  it.each([
    ['127.0.0.1', undefined, '127.0.0.1'],
    ['::ffff:127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['::1', '2001:db8::1', '2001:db8::1'],
    ['127.0.0.1', '203.0.113.9:5678', '203.0.113.9'],
    ['127.0.0.1', '[2001:db8::1]:99', '2001:db8::1'],
    ['127.0.0.1', '6.6.6.6, 203.0.113.9', '203.0.113.9'],
    ['127.0.0.1', '203.0.113.9, 10.0.0.1:80', '203.0.113.9'],
    ['127.0.0.1', 'junk-7', '127.0.0.1'],
    ['127.0.0.1', '203.0.113.9, junk-7', '127.0.0.1'],
    ['127.0.0.1', 'junk-7, 10.0.0.1', '10.0.0.1'],
    ['203.0.113.1', '198.51.100.7', '203.0.113.1'],
  ])('from %s with %s is %s', (peer, forwarded, expected) => {
    expect(seenFrom(peer, forwarded)).toBe(expected);
  });

  it('is that of the connection where no proxy is trusted', () => {
    expect(seenFrom('127.0.0.1', '203.0.113.9', [])).toBe('127.0.0.1');
  });

  it.each([
    ['6.6.6.6, 203.0.113.9, 192.0.2.44', '203.0.113.9'],
    ['203.0.113.9, 192.0.2.44', '203.0.113.9'],
    // Fewer than there are: what is told by the last of them.
    ['203.0.113.9', '203.0.113.9'],
    ['203.0.113.9, junk-7', '198.51.100.1'],
    [undefined, '198.51.100.1'],
  ])('behind two proxies %s is %s', (forwarded, expected) => {
    expect(seenFrom('198.51.100.1', forwarded, 2)).toBe(expected);
  });
});

describe('what is counted and kept of an address', () => {
  it.each([
    ['192.0.2.77', '192.0.2.77', '192.0.2.0/24'],
    ['::ffff:192.0.2.77', '192.0.2.77', '192.0.2.0/24'],
    ['2001:DB8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1::/48'],
    ['2001:0db8:0001:0002::6', '2001:db8:1:2::/64', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8:0:0::/64', '2001:db8:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64', 'fe80:0:0::/48'],
    ['::1', '0:0:0:0::/64', '0:0:0::/48'],
  ])('%s', (address, subscriber, network) => {
    expect(subscriberOf(address)).toBe(subscriber);
    expect(networkOf(address)).toBe(network);
  });

  it('is one for everything that is no address', () => {
    expect(subscriberOf('junk-1')).toBe(subscriberOf('junk-2'));
    expect(networkOf('')).toBeUndefined();
  });
});

it.each([
  ['127.0.0.1', true],
  ['::ffff:10.1.2.3', true],
  ['fd00::1', true],
  ['203.0.113.1', false],
  ['junk', false],
  [undefined, false],
])('%s is private: %s', (address, expected) => expect(isPrivateAddress(address)).toBe(expected));
