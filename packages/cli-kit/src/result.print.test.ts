import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exitCodeHelp, exitCodes } from './exit.codes.ts';
import { OperatorError, UsageError } from './operator.error.ts';
import { printError, printResult } from './result.print.ts';

let out = '';
let err = '';

beforeEach(() => {
  out = '';
  err = '';
  vi.spyOn(console, 'log').mockImplementation((text: string) => {
    out += `${text}\n`;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

test('a result is words for people, or JSON that bears the version of its schema', () => {
  printResult(false, { count: 2 }, () => 'two');
  expect(out).toBe('two\n');
  out = '';
  printResult(true, { count: 2 }, () => 'two');
  expect(JSON.parse(out)).toEqual({ schemaVersion: 1, count: 2 });
});

test('an error says what happened, what it means and what to do, and ends as it says', () => {
  const error = new OperatorError('PostgreSQL refused it.', 'Run it again.', {
    meaning: 'Nothing was changed.',
    exitCode: exitCodes.refused,
  });
  expect(printError(error, false)).toBe(4);
  expect(out).toBe('');
  expect(err).toMatch(/gl:.* PostgreSQL refused it\.\nNothing was changed\.\nRun it again\.\n$/);
});

test('with JSON the error is where the result would be, and nothing is on standard error', () => {
  expect(printError(new UsageError('There is no such thing.'), true)).toBe(2);
  expect(JSON.parse(out)).toEqual({
    schemaVersion: 1,
    error: { what: 'There is no such thing.', exitCode: 2 },
  });
  expect(err).toBe('');
});

test('what was not foreseen is told with its stack, also beside JSON', () => {
  expect(printError(new TypeError('x is not a function'), true)).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ error: { what: 'x is not a function', exitCode: 1 } });
  expect(err).toContain('result.print.test.ts');
});

test('every exit code is told by --help', () => {
  const told = [...exitCodeHelp.matchAll(/^ {2}(\d) /gm)].map(([, code]) => Number(code));
  expect(told).toEqual(Object.values(exitCodes));
});
