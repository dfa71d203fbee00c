import { defineConfig } from 'vitest/config';
import { reporters } from './vitest.reporters.ts';

/** Unit tests: need no store, no network, no browser. */
export default defineConfig({
  test: {
    reporters: reporters('unit'),
    root: process.cwd(),
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    exclude: ['src/**/*.int.test.ts', '**/node_modules/**'],
    passWithNoTests: false,
  },
});
