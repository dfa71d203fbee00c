import { expect, it } from 'vitest';
import { Pseudonyms } from './pseudonym.ts';

it('names an account alike until the next start, and never by its id', () => {
  const user = '0199e6b4-7c00-7abc-8def-0123456789ab';
  const [names, later] = [new Pseudonyms(), new Pseudonyms()];
  expect(names.of(user)).toMatch(/^[\w-]{12}$/);
  expect(names.of(user)).toBe(names.of(user));
  expect(names.of(user)).not.toBe(names.of(`${user}0`));
  expect(names.of(user)).not.toBe(later.of(user));
});

it('is made once for each account, and those in memory are bounded', () => {
  const names = new Pseudonyms();
  const first = names.of('user-1');
  for (let n = 0; n < 10_500; n += 1) names.of(`user-${n}`);
  expect(names.size).toBeLessThanOrEqual(10_000);
  expect(names.of('user-1')).toBe(first);
});
