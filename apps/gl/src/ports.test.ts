import { UsageError } from '@gospelib/cli-kit';
import { expect, test } from 'vitest';
import { choosePorts, portRules } from './ports.ts';

test('without any wish the usual ports', () => {
  expect(choosePorts({}, undefined)).toEqual({
    gateway: 8080,
    reader: 3000,
    content: 8100,
    accounts: 8200,
    study: 8300,
    falkordb: 6379,
    redis: 6380,
    postgresql: 5432,
  });
});

test('a base moves all, a part with a variable of its own stays where that says', () => {
  expect(choosePorts({ REDIS_PORT: '7000' }, '21000')).toEqual({
    gateway: 21_000,
    reader: 21_010,
    content: 21_020,
    accounts: 21_030,
    study: 21_040,
    falkordb: 21_050,
    redis: 7000,
    postgresql: 21_052,
  });
});

test('no two offsets are the same, and all lie within a hundred', () => {
  const offsets = Object.values(portRules).map(({ offset }) => offset);
  expect(new Set(offsets).size).toBe(offsets.length);
  expect(Math.max(...offsets)).toBeLessThan(100);
});

test.each(['x', '0', '-1', '1.5', '65536', '65500', '1e3', ''])(
  'the base "%s" is refused',
  (base) => {
    expect(() => choosePorts({}, base)).toThrow(UsageError);
  },
);

test('every fault is named at once, and two parts on one port are one', () => {
  const choose = () =>
    choosePorts({ GATEWAY_PORT: 'a', READER_PORT: '70000', REDIS_PORT: '6379' }, 'b');
  expect(choose).toThrow(
    /--port-base.*READER_PORT.*GATEWAY_PORT.*falkordb and redis cannot share port 6379/s,
  );
});
