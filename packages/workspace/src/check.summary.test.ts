import { UsageError } from '@gospelib/cli-kit';
import { expect, test } from 'vitest';
import { parseKinds } from './check.kinds.ts';
import { renderSummary, summarise } from './check.summary.ts';
import type { TaskResult } from './nx.run.ts';
import { countTests, readTestReport } from './test.report.ts';

const report = {
  testResults: [
    {
      name: '/r/packages/a/src/one.test.ts',
      status: 'failed',
      assertionResults: [
        { fullName: 'adds', status: 'passed' },
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
const passed = (n: number) => ({ passed: n, failed: 0, skipped: 0, failures: [], skips: [] });

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

test('kinds are chosen by name', () => {
  expect(parseKinds('lint, unit')).toEqual(['lint', 'unit']);
  expect(() => parseKinds('lint,units')).toThrow(UsageError);
});
