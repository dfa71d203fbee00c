import { defineConfig } from 'vitest/config';
import { joinRun } from './tools/src/run/test.run.ts';
import { reporters } from './vitest.reporters.ts';

await joinRun('whole');

/** Tests that need Prometheus’ own programs; skipped where they are not. */
export default defineConfig({
  test: {
    reporters: reporters('observe'),
    root: process.cwd(),
    include: ['src/**/*.observe.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    passWithNoTests: false,
  },
});
