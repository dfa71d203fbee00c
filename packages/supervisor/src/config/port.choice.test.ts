import { UsageError } from '@gospelib/cli-kit';
import { platform } from '@gospelib/platform';
import { expect, test } from 'vitest';
import { choosePorts } from './port.choice.ts';

test('without any wish the usual ports', () => {
  expect(choosePorts({})).toEqual({
    gateway: 8080,
    reader: 3000,
    content: 8100,
    accounts: 8200,
    study: 8300,
    auditor: 8400,
    falkordb: 6379,
    redis: 6380,
    postgresql: 5432,
  });
});

test('a base moves all, a process with a variable of its own stays where that says', () => {
  expect(choosePorts({ REDIS_PORT: '7000' }, { base: '21000' })).toEqual({
    gateway: 21_000,
    reader: 21_010,
    content: 21_020,
    accounts: 21_030,
    study: 21_040,
    auditor: 21_060,
    falkordb: 21_050,
    redis: 7000,
    postgresql: 21_052,
  });
});

test('what was remembered holds until a base or a variable says otherwise', () => {
  const remembered = choosePorts({}, { base: '22000' });
  expect(choosePorts({}, { remembered })).toEqual(remembered);
  expect(choosePorts({ REDIS_PORT: '7000' }, { remembered })).toEqual({
    ...remembered,
    redis: 7000,
  });
  expect(choosePorts({}, { base: '21000', remembered })).toEqual(
    choosePorts({}, { base: '21000' }),
  );
});

test('a service that is only in the catalogue has a port, and moves with the base', () => {
  const { gateway } = platform.services;
  if (gateway === undefined) throw new Error('The catalogue has no gateway.');
  const port = { variable: 'DUMMY_PORT', usual: 8999, offset: 99 };
  const services = { ...platform.services, dummy: { ...gateway, port } };
  const choose = (env: NodeJS.ProcessEnv, base?: string) =>
    choosePorts(env, { base }, { ...platform, services }).dummy;
  expect([choose({}), choose({}, '21000'), choose({ DUMMY_PORT: '5' })]).toEqual([8999, 21_099, 5]);
});

test.each(['x', '0', '-1', '1.5', '65536', '65500', '1e3', ''])(
  'the base "%s" is refused',
  (base) => {
    expect(() => choosePorts({}, { base })).toThrow(UsageError);
  },
);

test('every fault is named at once, and two processes on one port are one', () => {
  const choose = () =>
    choosePorts({ GATEWAY_PORT: 'a', READER_PORT: '70000', REDIS_PORT: '6379' }, { base: 'b' });
  expect(choose).toThrow(
    /--port-base.*READER_PORT.*GATEWAY_PORT.*falkordb and redis cannot share port 6379/s,
  );
});
