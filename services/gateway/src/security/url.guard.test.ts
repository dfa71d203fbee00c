import { cpuTimeOf } from '@gospelib/testkit';
import { describe, expect, it } from 'vitest';
import { hostFault, urlFault } from './url.guard.ts';

describe('urlFault', () => {
  it.each([
    '/',
    '/alma/32?v=21',
    '/api/v1/passages/1%20Ne.%203:7',
    '/api/v1/passages/D%26C%20121',
    '/api/v1/resolve?q=../..//%2F\\',
    '/api/v1/words/H7225',
    '/topic/faith-(virtue)',
    '/a.b/..c/d..',
    '/api/v1/passages/%E2%80%9Cfaith%E2%80%9D',
  ])('lets %s through', (url) => {
    expect(urlFault(url)).toBeUndefined();
  });

  it.each([
    '',
    '*',
    'http://elsewhere.example/api/v1/volumes',
    'elsewhere.example:443',
    '//elsewhere.example/api',
    '/api//v1/volumes',
    '/api/../metrics',
    '/api/./v1',
    '/..',
    '/%2e%2e/metrics',
    '/.%2E/metrics',
    '/api/v1%2fvolumes',
    '/api/v1%5Cvolumes',
    '/api\\v1',
    '/api/v1/volumes%00',
    '/api/v1/volumes%0d%0aX:1',
    '/api/v1/%7f',
    '/api/v1/faïth',
    '/api/v1/x\u0001',
    '/api/v1/resolve?q=\u00e9',
  ])('refuses %j', (url) => {
    expect(urlFault(url)).toBeTypeOf('string');
  });

  it('takes linear time', () => {
    for (const part of ['/', '/.', '/..', '%2e', '%', '\\', 'a/']) {
      // It takes about 10 ms; quadratic time would be many seconds.
      expect(cpuTimeOf(() => urlFault(`/${part.repeat(100_000)}x`))).toBeLessThan(1000);
    }
  });
});

describe('hostFault', () => {
  it.each(['localhost:8080', 'gospelib.example', '127.0.0.1', '[::1]:8080'])(
    'accepts %s',
    (host) => {
      expect(hostFault(host)).toBeUndefined();
    },
  );

  it.each(['', 'a b', 'a/b', 'a,b', 'host:port', '[x]', 'a@b', `${'a'.repeat(256)}`])(
    'refuses %j',
    (host) => {
      expect(hostFault(host)).toBeTypeOf('string');
    },
  );
});
