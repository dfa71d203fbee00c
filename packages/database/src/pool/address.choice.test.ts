import { expect, it } from 'vitest';
import { AddressChoice } from './address.choice.ts';

const refused = Object.assign(new Error('password'), { severity: 'FATAL', code: '28P01' });
const away = Object.assign(new Error('away'), { syscall: 'connect', code: 'ECONNREFUSED' });

it('keeps to the address that works while the server does not know the new one yet', () => {
  let setting = 'old';
  const choice = new AddressChoice(() => setting);
  const attempt = (error?: Error) => {
    const address = choice.next();
    choice.learn(address, error);
    return address;
  };
  expect(attempt()).toBe('old');
  setting = 'new';
  expect(attempt(refused)).toBe('new');
  expect(attempt()).toBe('old');
  expect(attempt(away)).toBe('old');
  expect(attempt()).toBe('old');
  // The server has learned it: the old one is refused, and the next attempt takes what the setting says.
  expect(attempt(refused)).toBe('old');
  expect(attempt()).toBe('new');
  expect(attempt()).toBe('new');
});

it('has no other address before a connection came about', () => {
  const choice = new AddressChoice(() => 'only');
  choice.learn('only', refused);
  expect(choice.next()).toBe('only');
});
