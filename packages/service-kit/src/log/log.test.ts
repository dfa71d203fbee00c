import { expect, it } from 'vitest';
import { isoTime } from './log.ts';

it.each([
  ['2026-11-28T06:32:10.000Z'],
  ['2026-11-28T06:32:10.007Z'],
  ['2026-11-28T06:32:10.999Z'],
  ['2026-11-28T06:32:11.010Z'],
  ['2026-11-28T06:32:09.500Z'],
  ['1970-01-01T00:00:00.000Z'],
])('writes the time %s', (time) => {
  expect(isoTime(Date.parse(time))).toBe(`,"time":"${time}"`);
});
