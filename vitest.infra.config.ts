import { defineConfig } from 'vitest/config';
import { joinRun } from './tools/src/run/test.run.ts';
import { reporters } from './vitest.reporters.ts';

await joinRun('whole');

/** Tests that need terraform, and most of them an emulator of AWS at AWS_ENDPOINT_URL; else skipped. */
export default defineConfig({
  test: {
    reporters: reporters('infra'),
    root: process.cwd(),
    include: ['src/**/*.infra.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 900_000,
    fileParallelism: false,
    passWithNoTests: false,
  },
});
