import { defineConfig } from 'vitest/config';
import { reporters } from './vitest.reporters.ts';

/** Unit tests: need no store, no network, no browser. */
export default defineConfig({
  test: {
    reporters: reporters('unit'),
    root: process.cwd(),
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    exclude: [
      'src/**/*.int.test.ts',
      'src/**/*.e2e.test.ts',
      'src/**/*.e2e.test.ts',
      '**/node_modules/**',
    ],
    // Far beyond what any test needs: a busy machine is no failure.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    passWithNoTests: false,
  },
});
