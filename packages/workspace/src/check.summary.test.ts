import { UsageError } from '@gospelib/cli-kit';
import { expect, test } from 'vitest';
import { parseKinds } from './check.kinds.ts';
import { renderSummary, summarise } from './check.summary.ts';
import type { TaskResult } from './nx.run.ts';
import { countTests, readTestReport, type TestCount, type TestDuration } from './test.report.ts';

const report = {
  testResults: [
    {
      name: '/r/packages/a/src/one.test.ts',
      status: 'failed',
      assertionResults: [
        { fullName: 'adds', status: 'passed', duration: 1_500 },
        { fullName: 'breaks', status: 'failed' },
        { fullName: 'waits', status: 'pending' },
        { fullName: 'comes', status: 'todo' },
      ],
    },
    { name: '/r/packages/a/src/two.test.ts', status: 'failed', assertionResults: [] },
  ],
};

test('tests are counted from the report; a file that cannot run is a failure', () => {
  expect(countTests(report, '/r')).toEqual({
    passed: 1,
    failed: 2,
    skipped: 2,
    failures: ['packages/a/src/one.test.ts: breaks', 'packages/a/src/two.test.ts: could not run'],
    skips: ['packages/a/src/one.test.ts: waits', 'packages/a/src/one.test.ts: comes'],
    durations: [
      { file: 'packages/a/src/one.test.ts', name: 'adds', seconds: 1.5 },
      { file: 'packages/a/src/one.test.ts', name: 'breaks', seconds: 0 },
      { file: 'packages/a/src/one.test.ts', name: 'waits', seconds: 0 },
      { file: 'packages/a/src/one.test.ts', name: 'comes', seconds: 0 },
    ],
  });
});

test('no report is no numbers', () => {
  expect(readTestReport('/nowhere/unit.json', '/r')).toBeUndefined();
});

const task = (project: string, target: string, ok = true, cached = false): TaskResult => ({
  project,
  target,
  ok,
  cached,
  seconds: 1.5,
});
const passed = (n: number, durations: TestDuration[] = []): TestCount => ({
  passed: n,
  failed: 0,
  skipped: 0,
  failures: [],
  skips: [],
  durations,
});

test('all is well: the numbers of all kinds are added up, cached ones too', () => {
  const summary = summarise(
    [task('a', 'lint'), task('a', 'test'), task('b', 'test', true, true), task('b', 'test-int')],
    ({ target }) => passed(target === 'test' ? 10 : 3),
  );
  expect(summary).toMatchObject({ ok: true, passed: 23, failed: 0, skipped: 0 });
  expect(summary.kinds.map(({ kind, cached, seconds }) => [kind, cached, seconds])).toEqual([
    ['lint', 0, 1.5],
    ['unit', 1, 3],
    ['integration', 0, 1.5],
  ]);
  expect(renderSummary(summary).split('\n').at(-1)).toBe('23 passed, 0 failed, 0 skipped');
});

test.each([
  ['a check without tests fails', [task('a', 'lint', false)], 'lint of a'],
  ['a runner falls before its report', [task('a', 'test', false)], 'unit of a: left no report'],
  ['a report is missing though all went well', [task('a', 'e2e')], 'e2e of a: left no report'],
])('%s: one failure, by name', (_, tasks, failure) => {
  const summary = summarise(tasks, () => undefined);
  expect(summary).toMatchObject({ ok: false, failed: 1, failures: [failure] });
  expect(renderSummary(summary)).toMatch(/\n0 passed, 1 failed, 0 skipped$/);
});

test('tests that passed in a run that fell all the same are no success', () => {
  const summary = summarise([task('a', 'test', false)], () => passed(5));
  expect(summary).toMatchObject({ ok: false, passed: 5, failed: 1, failures: ['unit of a'] });
});

test('the ten slowest tests are named, the slowest first, with what came from the cache', () => {
  const durations = Array.from({ length: 12 }, (_, seconds) => ({
    file: 'packages/a/src/one.test.ts',
    name: `takes ${seconds}`,
    seconds,
  }));
  const summary = summarise([task('a', 'test', true, true), task('b', 'lint')], () =>
    passed(12, durations),
  );
  expect(summary.slowest.map(({ seconds }) => seconds)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  expect(renderSummary(summary)).toContain(
    'the 10 slowest tests:\n   11.0 s  packages/a/src/one.test.ts: takes 11 (from cache)\n',
  );
});

test('what a run left behind is a failure; what it could not look for, or did not run, is told', () => {
  const summary = summarise([task('a', 'lint')], () => undefined, {
    failures: ['left behind: /tmp/x'],
    skips: ['cannot look'],
    notRun: ['drills'],
  });
  expect(renderSummary(summary)).toContain('not run: drills (./gl test --only drills)');
  expect(summary).toMatchObject({ ok: false, failed: 1, skips: ['cannot look'] });
  expect(renderSummary(summary)).toContain('failed: left behind: /tmp/x');
});

test('kinds are chosen by name', () => {
  expect(parseKinds('lint, unit')).toEqual(['lint', 'unit']);
  expect(() => parseKinds('lint,units')).toThrow(UsageError);
});
