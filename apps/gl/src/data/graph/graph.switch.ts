import { exitCodes, OperatorError, printResult } from '@gospelib/cli-kit';
import { withGraph } from '@gospelib/data-ops';
import { activateVersion, type GraphStore, verifyGraph } from '@gospelib/graph';
import colors from 'picocolors';
import type { ChangeOptions, Context } from '../../verb.ts';
import { renderVerification } from './graph.version.ts';

/** Verifies a version and makes it the active one. Resolves with the exit code. */
export function switchTo(
  { environment }: Context,
  choose: (store: GraphStore) => Promise<string | undefined>,
  { json, dryRun }: ChangeOptions,
): Promise<number> {
  return withGraph(environment, async (store) => {
    const version = await choose(store);
    if (version === undefined) {
      throw new OperatorError(
        'There is no version before this one.',
        '`./gl graph list` shows what there is, `./gl graph backups` what was kept.',
      );
    }
    if (dryRun === true) {
      const found = { version, ...(await verifyGraph(store, version)) };
      printResult(
        json,
        found,
        () => `${renderVerification(found)}\nNothing was changed (--dry-run).`,
      );
      return found.ok ? exitCodes.well : exitCodes.repairable;
    }
    const done = await activateVersion(store, version);
    printResult(
      json,
      done,
      () =>
        `${colors.bold(done.to)} is verified and active, in ${done.seconds.toFixed(1)} s; before it ${done.from ?? 'nothing'} was.`,
    );
    return exitCodes.well;
  });
}
