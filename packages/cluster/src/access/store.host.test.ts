import { expect, test } from 'vitest';
import { forwardedAddress, serviceOfHost } from './store.host.ts';

test.each([
  ['gospelib-falkordb', { name: 'gospelib-falkordb', namespace: 'own' }],
  ['postgresql.stores', { name: 'postgresql', namespace: 'stores' }],
  ['postgresql.stores.svc', { name: 'postgresql', namespace: 'stores' }],
  ['postgresql.stores.svc.cluster.local', { name: 'postgresql', namespace: 'stores' }],
  ['gospelib.abc.eu-west-1.rds.amazonaws.com', undefined],
  ['db.example.svc.example.com', undefined],
  ['10.0.0.7', undefined],
  ['127.0.0.1', undefined],
])('%s is the Service %j', (host, service) => {
  expect(serviceOfHost(host, 'own')).toEqual(service);
});

test('a forwarded address keeps user, password and database', () => {
  expect(forwardedAddress('redis://:p%40w@gospelib-falkordb:6379', 4711)).toBe(
    'redis://:p%40w@127.0.0.1:4711',
  );
});

test('where the certificate was checked whole, its authority still is', () => {
  const address = 'postgresql://o:p@db.stores.svc/g?sslmode=verify-full&sslrootcert=/in/pod.crt';
  const { searchParams } = new URL(forwardedAddress(address, 4711, '/tmp/ca.crt'));
  expect(Object.fromEntries(searchParams)).toEqual({
    sslmode: 'verify-ca',
    sslrootcert: '/tmp/ca.crt',
    uselibpqcompat: 'true',
  });
});
