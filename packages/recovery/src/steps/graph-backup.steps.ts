import { openBackups, withRunningGraph } from '@gospelib/data-ops';
import {
  activeVersion,
  attestRecord,
  backupGraph,
  graphBackupContent,
  restoreGraph as restore,
} from '@gospelib/graph';
import type { Step } from './step.ts';

/** Builds it next to what is served, verifies it, then switches to it; from the form that this engine can read. */
export const restoreGraph: Step = ({ environment, say }, id) =>
  withRunningGraph(environment, async (store) => {
    const onStep = (line: string) => say(`  ${line}`);
    const { version, form, why, seconds } = await restore(store, openBackups(environment), id, {
      onStep,
    });
    return `${version} was restored from the ${form} form (${why}), verified and activated in ${seconds.toFixed(1)} s.`;
  });

/** What the store holds is compared with it afterwards, as ever. */
export const attestFromBackup: Step = ({ environment }, id) =>
  withRunningGraph(environment, async (store) => {
    const { content } = (await openBackups(environment).open(id)).manifest;
    const { version, digest } = graphBackupContent.parse(content);
    await attestRecord(store, version, digest);
    return `The record of ${version} is again what ${id} attests.`;
  });

/** Of what is active, verified by a restore into a scratch store. */
export const backUpGraph: Step = ({ environment, say }) =>
  withRunningGraph(environment, async (store) => {
    const version = await activeVersion(store);
    if (version === undefined) throw new Error('There is no active corpus to back up.');
    const { id, seconds, verified } = await backupGraph(store, version, openBackups(environment), {
      scratch: () => environment.scratchStore('falkordb'),
      onStep: (line) => say(`  ${line}`),
    });
    return `${id} was taken in ${seconds.toFixed(1)} s and verified in ${verified?.seconds.toFixed(1)} s.`;
  });
