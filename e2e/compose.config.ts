import { defineConfig } from 'vitest/config';
import { joinRun } from '../tools/src/run/test.run.ts';
import { reporters } from '../vitest.reporters.ts';
import { noCompose } from './src/compose/compose.docker.ts';

await joinRun('whole');

/** The platform in containers, by Docker Compose: the same reading and signing up, and what only containers do. */
export default defineConfig({
  test: {
    reporters: reporters('compose'),
    include: [
      'src/compose/*.compose.test.ts',
      ...(noCompose ? [] : ['src/reading.e2e.test.ts', 'src/account.e2e.test.ts']),
    ],
    globalSetup: ['src/compose/global-setup.ts'],
    fileParallelism: false,
    isolate: false,
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 600_000,
    hookTimeout: 900_000,
  },
});
