import { defineConfig } from 'vitest/config';
import { joinRun } from '../../tools/src/run/test.run.ts';
import { reporters } from '../../vitest.reporters.ts';

await joinRun('e2e');

/** The short drills: a platform of their own, broken and recovered. */
export default defineConfig({
  test: {
    reporters: reporters('e2e'),
    include: ['src/**/*.e2e.test.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
});
