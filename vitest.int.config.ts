import { defineConfig } from 'vitest/config';
import { joinRun } from './tools/src/run/test.run.ts';
import { reporters } from './vitest.reporters.ts';

await joinRun('integration');

/** Integration tests: start real stores on free ports in temporary folders. */
export default defineConfig({
  test: {
    reporters: reporters('integration'),
    root: process.cwd(),
    include: ['src/**/*.int.test.ts'],
    // Far beyond what any test needs: a busy machine is no failure. What is waited for with `expect.poll` ends the wait.
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 180_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    // One load of the modules for many files. Nothing of ours is kept in them from one file to the next.
    isolate: false,
    passWithNoTests: false,
  },
});
