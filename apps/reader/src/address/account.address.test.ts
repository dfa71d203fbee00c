import { expect, it } from 'vitest';
import { parseReturn, signInPath } from './account.address.ts';

it.each(['/', '/alma/32#v21', '/search?q=tree%20of+life', '/account', '/notebook?tag=a&at=b'])(
  'goes back to %s',
  (to) => {
    const address = new URL(signInPath(to), 'http://reader.test');
    expect(parseReturn(address.searchParams.get('to'))).toBe(to);
  },
);

it.each([
  null,
  '',
  'https://elsewhere.test/',
  '//elsewhere.test/',
  '/\\elsewhere.test',
  'javascript:alert(1)',
  '/a b',
  '/account/sign-in',
  '/api/v1/auth/sign-out',
  `/${'a'.repeat(300)}`,
])('goes nowhere for %j', (to) => {
  expect(parseReturn(to)).toBeUndefined();
  expect(signInPath(to ?? undefined)).toBe('/account/sign-in');
});
