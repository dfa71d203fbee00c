import { defineConfig } from 'vitest/config';
import { reporters } from '../../vitest.reporters.ts';

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
