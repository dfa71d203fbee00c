import { expect, it } from 'vitest';
import { changingSecret } from './changing.secret.ts';

it('counts the secret of before for ten minutes after a change', () => {
  let setting = 'first';
  let now = 0;
  const secrets = changingSecret(
    () => setting,
    () => now,
  );
  expect(secrets()).toEqual(['first']);
  setting = 'second';
  expect(secrets()).toEqual(['second', 'first']);
  now = 599_999;
  expect(secrets()).toEqual(['second', 'first']);
  now = 600_000;
  expect(secrets()).toEqual(['second']);
  setting = 'third';
  expect(secrets()).toEqual(['third', 'second']);
});
