import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { joinRun } from './tools/src/run/test.run.ts';
import { reporters } from './vitest.reporters.ts';

await joinRun('whole');

/** Tests on a real cluster: KUBECONFIG and GOSPELIB_REGISTRY name it and a registry that it pulls from; else skipped. */
export default defineConfig({
  test: {
    reporters: reporters('cluster'),
    root: process.cwd(),
    globalSetup: [fileURLToPath(new URL('tools/src/run/cluster.ready.ts', import.meta.url))],
    include: ['src/**/*.cluster.test.ts'],
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 180_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    passWithNoTests: false,
  },
});
