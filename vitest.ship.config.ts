import { defineConfig } from 'vitest/config';
import { joinRun } from './tools/src/run/test.run.ts';
import { reporters } from './vitest.reporters.ts';

await joinRun('whole');

/** The way from a push to production and back, on a cluster with Argo CD; what needs one is skipped without. */
export default defineConfig({
  test: {
    reporters: reporters('ship'),
    root: process.cwd(),
    include: ['src/**/*.ship.test.ts'],
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    passWithNoTests: false,
  },
});
