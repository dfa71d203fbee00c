import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { joinRun } from './tools/src/run/test.run.ts';
import { reporters } from './vitest.reporters.ts';

await joinRun('whole');

/** Tests of what `./gl images` makes: they need a builder, and a cluster where the images run; else skipped. */
export default defineConfig({
  test: {
    reporters: reporters('images'),
    root: process.cwd(),
    globalSetup: [fileURLToPath(new URL('tools/src/run/cluster.ready.ts', import.meta.url))],
    include: ['src/**/*.images.test.ts'],
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 300_000,
    hookTimeout: 600_000,
    fileParallelism: false,
    passWithNoTests: false,
  },
});
