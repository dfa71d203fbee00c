import { defineConfig } from 'vitest/config';
import { joinRun } from './tools/src/run/test.run.ts';
import { reporters } from './vitest.reporters.ts';

await joinRun('unit');

/** Unit tests: need no store, no network, no browser. */
export default defineConfig({
  test: {
    reporters: reporters('unit'),
    root: process.cwd(),
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    exclude: [
      'src/**/*.int.test.ts',
      'src/**/*.cluster.test.ts',
      'src/**/*.observe.test.ts',
      'src/**/*.ship.test.ts',
      'src/**/*.images.test.ts',
      'src/**/*.infra.test.ts',
      'src/**/*.compose.test.ts',
      'src/**/*.e2e.test.ts',
      '**/node_modules/**',
    ],
    // Far beyond what any test needs: a busy machine is no failure. What is waited for with `expect.poll` ends the wait.
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    isolate: false,
    passWithNoTests: false,
  },
});
