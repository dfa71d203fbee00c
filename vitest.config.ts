import { defineConfig } from 'vitest/config';

/** Unit tests: need no store, no network, no browser. */
export default defineConfig({
  test: {
    root: process.cwd(),
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    exclude: ['src/**/*.int.test.ts', '**/node_modules/**'],
    passWithNoTests: false,
  },
});
