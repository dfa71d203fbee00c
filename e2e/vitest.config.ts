import { defineConfig } from 'vitest/config';
import { reporters } from '../vitest.reporters.ts';

/**
 * Whole-system tests: one platform, started by `./gl up` in a temporary folder, one file after another. Two files side by side
 * made it 362 s instead of some 440 on two cores, and the browsers so slow that what they show came late.
 */
export default defineConfig({
  test: {
    reporters: reporters('e2e'),
    include: ['src/**/*.e2e.test.ts'],
    globalSetup: ['src/global-setup.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
