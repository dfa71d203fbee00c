import { expect, it } from 'vitest';
import { isPersonal } from './personal.address.ts';

it.each([
  ['/api/v1/auth/token', true],
  ['/api/v1/auth/verify-email', true],
  ['/api/v1/account', true],
  ['/api/v1/account/export', true],
  ['/api/v1/study/chapters/alma.32', true],
  ['/api/v1/chapters/alma.32', false],
  ['/api/v1/authors', false],
  ['/account', false],
])('%s: %s', (path, personal) => expect(isPersonal(path)).toBe(personal));
