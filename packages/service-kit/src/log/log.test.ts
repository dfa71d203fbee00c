import { expect, it } from 'vitest';
import { createAccessLog, createLog, isoTime } from './log.ts';

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

const build = { service: 'trial', version: '1.2.3', revision: 'unknown' };
const ids = { requestId: 'req-12345678', traceId: 'a'.repeat(32) };
const request = {
  method: 'GET',
  route: '/api/v1/search',
  path: '/a"b\\c\u0007\u2028',
  status: 200,
  ms: 1.25,
};

it.each([
  [{ ...request }, 'info'],
  [{ spanId: 'b'.repeat(16), caller: 'x-"y"', ...request, status: 404, ms: 0 }, 'info'],
  [{ ...request, status: 503 }, 'error'],
] as const)('writes a request as pino would: %j', (fields, grade) => {
  const lines: string[] = [];
  const options = {
    level: 'info',
    build,
    stream: { write: (line: string) => void lines.push(line) },
  };
  createLog(options).child(ids)[grade](fields, 'request');
  createAccessLog(options)({ spanId: undefined, caller: undefined, ...ids, ...fields });
  const [pino, own] = lines.map((line) => line.replace(/"time":"[^"]+"/, '"time":""'));
  expect(own).toBe(pino);
});

it.each([
  ['silent', []],
  ['error', [503]],
  ['warn', [503]],
  ['info', [200, 503]],
  ['trace', [200, 503]],
])('keeps to the level %s', (level, expected) => {
  const lines: string[] = [];
  const write = createAccessLog({
    level,
    build,
    stream: { write: (line) => void lines.push(line) },
  });
  for (const status of [200, 503]) {
    write({ spanId: undefined, caller: undefined, ...ids, ...request, status });
  }
  expect(lines.map((line) => JSON.parse(line).status)).toEqual(expected);
});
