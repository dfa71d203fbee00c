import { previousVersion } from '@gospelib/graph';
import type { ChangeOptions, Verb } from '../../verb.ts';
import { switchTo } from './graph.switch.ts';

/** Goes back to the version that was active before. */
export const graphRollback: Verb = (graph, run) =>
  graph
    .command('rollback')
    .description('verify the version that was active before and go back to it')
    .option('--dry-run', 'only verify it')
    .option('--json', 'as JSON')
    .action(run((context, options: ChangeOptions) => switchTo(context, previousVersion, options)));
