import { defineConfig } from 'vitest/config';

/** Whole-system tests: one platform, started by `./gl up` in a temporary folder, one file after another. */
export default defineConfig({
  test: {
    include: ['src/**/*.e2e.test.ts'],
    globalSetup: ['src/global-setup.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
