import { defineConfig } from 'vitest/config';
import { joinRun } from '../tools/src/run/test.run.ts';
import { reporters } from '../vitest.reporters.ts';

await joinRun('e2e');

/**
 * Whole-system tests: one platform, started by `./gl up` in a temporary folder, one file after another. Side by side they make
 * the browsers of two cores so slow that what a page shows comes later than a test presses a key.
 */
export default defineConfig({
  test: {
    reporters: reporters('e2e'),
    include: ['src/**/*.e2e.test.ts'],
    globalSetup: ['src/global-setup.ts'],
    fileParallelism: false,
    // Far beyond what any test needs: a busy machine is no failure. What is waited for with `expect.poll` ends the wait.
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
