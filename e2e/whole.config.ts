import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { joinRun } from '../tools/src/run/test.run.ts';
import { reporters } from '../vitest.reporters.ts';

/** Whole-system tests: one platform, started by `./gl up` in a temporary folder, one file after another. */
export async function wholeSystem(kind: 'e2e' | 'faults', folder: string): Promise<ViteUserConfig> {
  await joinRun('whole');
  return defineConfig({
    test: {
      reporters: reporters(kind),
      include: [`${folder}/*.e2e.test.ts`],
      globalSetup: [`${folder}/global-setup.ts`],
      fileParallelism: false,
      isolate: false,
      // Far beyond what any test needs: a busy machine is no failure. What is waited for with `expect.poll` ends the wait.
      expect: { poll: { timeout: 60_000 } },
      testTimeout: 600_000,
      hookTimeout: 600_000,
    },
  });
}
