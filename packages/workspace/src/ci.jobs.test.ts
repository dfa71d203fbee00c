import { expect, test } from 'vitest';
import { ciJobs } from './ci.jobs.ts';

const nothing = { checks: '', projects: '', system: false, python: false, go: false };

test.each<[string, string[], object]>([
  ['nothing', [], {}],
  ['a page', ['@gospelib/tools:test'], { projects: '@gospelib/tools' }],
  [
    'a service',
    [
      '@gospelib/study:build',
      '@gospelib/study:test',
      '@gospelib/study:test-int',
      '@gospelib/tools:lint',
      '@gospelib/tools:advisories',
      '@gospelib/e2e:e2e',
    ],
    { checks: 'lint,advisories', projects: '@gospelib/study', system: true },
  ],
  ['the API', ['@gospelib/content:build'], { python: true, go: true }],
  ['a client', ['@gospelib/client-go:test-go'], { go: true }],
])('%s', (_what, targets, jobs) => {
  expect(ciJobs(targets)).toEqual({ ...nothing, ...jobs });
});
