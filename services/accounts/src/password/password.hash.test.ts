import { hashPassword as makeScryptHash } from 'better-auth/crypto';
import { describe, expect, it } from 'vitest';
import { hashPassword, isPresent, verifyPassword } from './password.hash.ts';

describe('a hash of a password', () => {
  it('is Argon2id with 19 MiB, two passes and one lane, and never twice the same', async () => {
    const [one, other] = await Promise.all([hashPassword('liahona'), hashPassword('liahona')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(other);
    expect(isPresent(one)).toBe(true);
  });

  it('knows its password only, however the letters are composed', async () => {
    const hash = await hashPassword('caf\u00e9 at night');
    expect(await verifyPassword(hash, 'cafe\u0301 at night')).toBe(true);
    expect(await verifyPassword(hash, 'cafe at night')).toBe(false);
    expect(await verifyPassword(hash.slice(0, -1), 'caf\u00e9 at night')).toBe(false);
  });

  it('of the time before, by scrypt, is still verified', async () => {
    const old = await makeScryptHash('liahona');
    expect(isPresent(old)).toBe(false);
    expect(await verifyPassword(old, 'liahona')).toBe(true);
    expect(await verifyPassword(old, 'another')).toBe(false);
  });
});
