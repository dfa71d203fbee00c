import { defineConfig } from 'vitest/config';
import { joinRun } from '../tools/src/run/test.run.ts';
import { reporters } from '../vitest.reporters.ts';
import { noCluster } from './src/cluster/cluster.images.ts';

await joinRun('whole');

/** The platform on a real cluster, from images: the same reading, searching and writing, and what only a cluster does. */
export default defineConfig({
  test: {
    reporters: reporters('cluster'),
    include: [
      'src/cluster/*.cluster.test.ts',
      ...(noCluster ? [] : ['src/reading.e2e.test.ts', 'src/study.e2e.test.ts']),
    ],
    globalSetup: ['../tools/src/run/cluster.ready.ts', 'src/cluster/global-setup.ts'],
    fileParallelism: false,
    isolate: false,
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 600_000,
    hookTimeout: 900_000,
  },
});
