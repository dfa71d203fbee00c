import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';

/** Numbers of tests, and the names of those that did not pass. */
export interface TestCount {
  passed: number;
  failed: number;
  skipped: number;
  failures: string[];
  skips: string[];
  durations: TestDuration[];
}

export interface TestDuration {
  file: string;
  name: string;
  seconds: number;
}

/** The part of Vitest's JSON report that is read here. */
const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          duration: z.number().nullish(),
        }),
      ),
    }),
  ),
});
type VitestReport = z.output<typeof vitestReport>;

/** Where a project's tests leave their report: an Nx output, so that a cached run keeps true numbers. */
export function reportFile(root: string, projectRoot: string, kind: string): string {
  return join(root, '.gl/tests', projectRoot, `${kind}.json`);
}

/** Counts the tests of a report; undefined when there is none to read. */
export function readTestReport(file: string, root: string): TestCount | undefined {
  try {
    return countTests(vitestReport.parse(JSON.parse(readFileSync(file, 'utf8'))), root);
  } catch {
    return undefined; // the runner fell before it could write one
  }
}

/** A file that could not even be loaded counts as one failure. */
export function countTests({ testResults }: VitestReport, root: string): TestCount {
  const count: TestCount = {
    passed: 0,
    failed: 0,
    skipped: 0,
    failures: [],
    skips: [],
    durations: [],
  };
  for (const { name, status, assertionResults } of testResults) {
    const file = relative(root, name);
    for (const test of assertionResults) {
      const title = `${file}: ${test.fullName}`;
      const seconds = (test.duration ?? 0) / 1000;
      count.durations.push({ file, name: test.fullName, seconds });
      if (test.status === 'passed') count.passed += 1;
      else if (test.status === 'failed') count.failures.push(title);
      else count.skips.push(title);
    }
    const blamed = assertionResults.some((test) => test.status === 'failed');
    if (status === 'failed' && !blamed) count.failures.push(`${file}: could not run`);
  }
  return { ...count, failed: count.failures.length, skipped: count.skips.length };
}
