import { ApiError, NetworkError } from '@gospelib/client';
import { describe, expect, it } from 'vitest';
import {
  checkEmail,
  checkName,
  checkNewPassword,
  checkPassword,
  refusalOf,
} from './form.faults.ts';

describe('what is typed', () => {
  it.each(['reader@example.org', ' reader+field@mail.example.org '])(
    '%j may be an e-mail',
    (email) => expect(checkEmail(email)).toBeUndefined(),
  );
  it.each(['', ' ', 'reader', 'reader@', 'reader@example', '@example.org', 'a b@example.org'])(
    '%j is no e-mail',
    (email) => expect(checkEmail(email)).toBeTruthy(),
  );
  it.each([
    ['', 'Choose a password.'],
    ['too short', 'Use at least 10 characters.'],
    ['x'.repeat(129), 'Use at most 128 characters.'],
    ['gleaning in the field', undefined],
  ])('the password %j: %s', (password, fault) => expect(checkNewPassword(password)).toBe(fault));

  it('asks for a name and a password, whatever they are', () => {
    expect([checkName(' '), checkPassword('')].every(Boolean)).toBe(true);
    expect([checkName('R'), checkPassword('x')]).toEqual([undefined, undefined]);
  });
});

describe('what accounts refuses', () => {
  const refused = (errors: { path: string; message: string }[]) =>
    refusalOf(
      new ApiError({ type: 'x', title: 'Invalid', status: 400, detail: 'The whole.', errors }),
    );

  it('is told at the field that it is about, in sentences', () => {
    expect(
      refused([
        { path: 'body.newPassword', message: 'is a row of keys' },
        { path: 'body.email', message: 'Invalid email address' },
      ]),
    ).toEqual({
      faults: { newPassword: 'The password is a row of keys.', email: 'Invalid email address.' },
      message: '',
    });
  });

  it('is told as a whole where it is about no field of the form', () => {
    expect(refused([{ path: 'body.token', message: 'is wrong' }])).toEqual({
      faults: {},
      message: 'The whole.',
    });
    expect(refusalOf(new NetworkError('x', undefined)).message).not.toBe('');
  });
});
