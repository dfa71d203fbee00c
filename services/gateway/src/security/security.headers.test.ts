import { expect, it } from 'vitest';
import { type SecurityHeaders, securityHeaders, securityHeadersFor } from './security.headers.ts';

const policyOf = (headers: SecurityHeaders, url: string): string => {
  const flat = headers(url, false);
  return flat[flat.indexOf('content-security-policy') + 1] ?? '';
};

it.each(['/', '/alma/32', '/shared/link'])('%s sends to its own origin alone', (url) => {
  expect(policyOf(securityHeaders, url)).toContain("connect-src 'self';");
});

it.each(['/', '/alma/32', '/shared/link'])('%s sends to what is configured, too', (url) => {
  const headers = securityHeadersFor(['http://localhost:12347']);
  expect(policyOf(headers, url)).toContain("connect-src 'self' http://localhost:12347;");
  expect(policyOf(headers, url)).toContain("script-src 'self';");
  expect(policyOf(headers, '/api/v1/volumes')).toBe(policyOf(securityHeaders, '/api/v1/volumes'));
});
