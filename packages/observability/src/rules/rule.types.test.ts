import { expect, it } from 'vitest';
import { inFull, secondsOf } from './rule.types.ts';

it.each([
  [30, '30s'],
  [90, '90s'],
  [300, '5m'],
  [93_600, '26h'],
  [1_209_600, '14d'],
])('%i seconds are %s, and back', (seconds, text) => {
  expect(inFull(seconds)).toBe(text);
  expect(secondsOf(text)).toBe(seconds);
});

it('refuses what is no duration', () => {
  expect(() => secondsOf('1h30m')).toThrow('1h30m is no duration.');
});
