import { defineConfig } from 'vitest/config';
import { reporters } from '../vitest.reporters.ts';

/** What stops parts of the platform or exchanges its data: nobody else can be at work on it meanwhile. */
const disturbing = ['keys', 'database', 'durability', 'store-away'].map(
  (name) => `src/${name}.e2e.test.ts`,
);

/** Whole-system tests: one platform, started by `./gl up` in a temporary folder. Those that only use it go side by side. */
export default defineConfig({
  test: {
    reporters: reporters('e2e'),
    globalSetup: ['src/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'using',
          include: ['src/**/*.e2e.test.ts'],
          exclude: disturbing,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'disturbing',
          include: disturbing,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
