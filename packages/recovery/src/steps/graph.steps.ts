import { setTimeout as sleep } from 'node:timers/promises';
import { withRunningGraph } from '@gospelib/data-ops';
import {
  activateVersion,
  activeVersion,
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

/** Needs nothing but the packages: builds a new graph, verifies it and switches to it. */
export const reingest: Step = async ({ environment, say }) => {
  let stage = '';
  await environment.runJob('ingest', {
    say,
    progress: (progress) => {
      if (progress.stage !== stage) say(`ingest: ${progress.stage}`);
      stage = progress.stage;
    },
  });
  const version = await withRunningGraph(environment, activeVersion);
  return `The graph was made anew from the packages: ${version} is verified and active.`;
};

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
