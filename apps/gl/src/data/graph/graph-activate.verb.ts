import type { ChangeOptions, Verb } from '../../verb.ts';
import { switchTo } from './graph.switch.ts';
import { assertVersion } from './graph.version.ts';

/** Verifies a version and makes it the active one. */
export const graphActivate: Verb = (graph, run) =>
  graph
    .command('activate')
    .description('verify a version and make it the active one')
    .argument('<version>')
    .option('--dry-run', 'only verify it')
    .option('--json', 'as JSON')
    .action(
      run(async (context, version: string, options: ChangeOptions) => {
        assertVersion(version);
        return switchTo(context, async () => version, options);
      }),
    );
