import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '@gospelib/cli-kit';
import { withRunningGraph } from '@gospelib/data-ops';
import type { JobReporter } from '@gospelib/environment';
import {
  activateVersion,
  activeVersion,
  editionOf,
  IngestLockedError,
  lockIngest,
  quarantine as quarantinePointer,
  readPointer,
  repairFromReplica as repairGraph,
  repairIndexes,
} from '@gospelib/graph';
import type { Step } from './step.ts';

const TIMEOUT_MS = 180_000;
const POLL_MS = 100;

/** Longer than a service takes to look at the pointer again. */
const HEARD_MS = 300;

/** Safe on a false positive: the fallback is verified, and the next move of the pointer ends the quarantine. */
export const quarantine: Step = ({ environment }, version) =>
  withRunningGraph(environment, async (store) => {
    const pointer = await readPointer(store);
    if (pointer?.version !== version)
      return 'The pointer has moved on: nobody is answered from it.';
    await quarantinePointer(store, pointer);
    await sleep(HEARD_MS);
    return 'Nobody is answered from it any more.';
  });

export const repairFromReplica: Step = ({ environment }, version) =>
  withRunningGraph(environment, async (store) => {
    const { seconds } = await repairGraph(store, version);
    return `${version} was made anew from its second copy, verified and switched to in ${seconds.toFixed(1)} s.`;
  });

/** Verifies once more: what was sound a second ago need not be now. */
export const activate: Step = ({ environment }, version) =>
  withRunningGraph(environment, async (store) => {
    const { seconds } = await activateVersion(store, version);
    return `Readers are on ${version}, verified and active in ${seconds.toFixed(1)} s.`;
  });

export const repairGraphIndexes: Step = ({ environment }, version) =>
  withRunningGraph(environment, async (store) => {
    const made = await repairIndexes(store, version);
    return `Created ${made.length} indexes of ${version}.`;
  });

/**
 * Needs nothing but the packages, and for the full edition its modules: builds a new graph of the edition of the lost
 * version, verifies it and switches to it. `auto` where nothing tells what was lost.
 */
export const reingest: Step = async ({ environment, say }, lost) => {
  let stage = '';
  const reporter: JobReporter = {
    say,
    progress: (progress) => {
      if (progress.stage !== stage) say(`ingest: ${progress.stage}`);
      stage = progress.stage;
    },
  };
  if (lost === 'auto') {
    await environment.runJob('ingest', reporter);
  } else {
    const edition = editionOf(lost);
    await environment.runJob('ingest', reporter, ['--edition', edition]).catch((error: Error) => {
      throw edition === 'full' ? withChoices(error) : error;
    });
  }
  const version = await withRunningGraph(environment, activeVersion);
  const same = version === lost ? 'the same corpus as before' : `not the same as ${lost}`;
  const compared = lost === 'auto' ? 'nothing told which edition was active' : same;
  return `The graph was made anew from the packages: ${version} is verified and active (${compared}).`;
};

function withChoices(error: Error): OperatorError {
  return new OperatorError(
    `The full edition, which was active, cannot be made anew: ${error.message}`,
    'Install the SWORD modules that docs/corpus.md names and run this again, or restore a backup (`./gl graph backups`), or choose the default edition: `./gl ingest --edition default`.',
    {
      cause: error,
      meaning:
        'Without its modules the default edition would come out: no topics, no commentaries, no Greek words of the New Testament.',
    },
  );
}

/** Whoever was killed holds nothing any more; a living one ends with its work. */
export const awaitGraphWork: Step = ({ environment }) =>
  withRunningGraph(environment, async (store) => {
    const deadline = Date.now() + TIMEOUT_MS;
    for (;;) {
      try {
        const lock = await lockIngest(store);
        await lock.release();
        return 'Nobody works on the graph any more.';
      } catch (error) {
        if (!(error instanceof IngestLockedError) || Date.now() > deadline) throw error;
        await sleep(POLL_MS);
      }
    }
  });
