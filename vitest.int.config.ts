import { defineConfig } from 'vitest/config';
import { reporters } from './vitest.reporters.ts';

/** Integration tests: start real stores on free ports in temporary folders. */
export default defineConfig({
  test: {
    reporters: reporters('integration'),
    root: process.cwd(),
    include: ['src/**/*.int.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    passWithNoTests: false,
  },
});
