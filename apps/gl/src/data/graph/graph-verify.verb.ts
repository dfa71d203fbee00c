import { exitCodes, printResult } from '@gospelib/cli-kit';
import { withGraph } from '@gospelib/data-ops';
import { noteVerified, verifyGraph } from '@gospelib/graph';
import type { PrintOptions, Verb } from '../../verb.ts';
import { asJob } from '../job.run.ts';
import { assertVersion, renderVerification, requireActive } from './graph.version.ts';

/** Recomputes everything of a version, of the active one when none is given. Exit code 3 when anything differs. */
export const graphVerify: Verb = (graph, run) =>
  graph
    .command('verify')
    .description(
      'recompute everything of a version and name what differs; exit code 3 when anything does',
    )
    .argument('[version]', 'default: the active one')
    .option('--json', 'as JSON')
    .action(
      run(async ({ environment }, wanted: string | undefined, { json }: PrintOptions) => {
        assertVersion(wanted);
        return asJob('verify-graph', environment, async () => {
          const found = await withGraph(environment, async (store) => {
            const version = wanted ?? (await requireActive(store));
            const verification = await verifyGraph(store, version);
            if (verification.ok) await noteVerified(store, version);
            return { version, ...verification };
          });
          printResult(json, found, () => renderVerification(found));
          return found.ok ? exitCodes.well : exitCodes.repairable;
        });
      }),
    );
