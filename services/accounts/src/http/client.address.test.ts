import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { clientAddress } from './client.address.ts';

function request(peer: string, forwarded?: string | string[]): FastifyRequest {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { raw: { socket: { remoteAddress: peer }, headers } } as unknown as FastifyRequest;
}

describe('clientAddress', () => {
  it.each([
    ['127.0.0.1', undefined, '127.0.0.1'],
    ['127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['::1', '2001:db8::1', '2001:db8::1'],
    ['10.1.2.3', '203.0.113.9', '203.0.113.9'],
    ['203.0.113.1', '198.51.100.7', '203.0.113.1'],
    ['2001:db8::9', '198.51.100.7', '2001:db8::9'],
    ['127.0.0.1', '203.0.113.9:5678', '203.0.113.9'],
    ['127.0.0.1', '[2001:db8::1]:99', '2001:db8::1'],
    ['127.0.0.1', 'nonsense', '127.0.0.1'],
  ])('from %s with %s is %s', (peer, forwarded, expected) => {
    expect(clientAddress(request(peer, forwarded))).toBe(expected);
  });
});
