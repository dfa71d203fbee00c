import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { joinRun } from '../tools/src/run/test.run.ts';
import { reporters } from '../vitest.reporters.ts';

await joinRun('whole');

/** Readers first; then the platform is killed, damaged and recovered. */
class FaultsLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isFault = ({ moduleId }: TestSpecification): number =>
      Number(moduleId.includes('/src/faults/'));
    return (await super.sort(files)).sort((one, other) => isFault(one) - isFault(other));
  }
}

/** Whole-system tests: one platform, started by `./gl up` in a temporary folder, one file after another. */
export default defineConfig({
  test: {
    reporters: reporters('e2e'),
    include: ['src/**/*.e2e.test.ts'],
    globalSetup: ['src/global-setup.ts'],
    sequence: { sequencer: FaultsLast },
    fileParallelism: false,
    isolate: false,
    // Far beyond what any test needs: a busy machine is no failure. What is waited for with `expect.poll` ends the wait.
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
