import { compose } from '@gospelib/processes';
import { noteAgent } from '@gospelib/supervisor';
import type { Verb } from '../verb.ts';
import { stackOf } from './stack.settings.ts';

/** Ends the stack. Services go on as they are: what they cannot send they drop and count, until their next start. */
export const observeDown: Verb = (observe, run) =>
  observe
    .command('down')
    .description('end it; what was collected is kept')
    .option('--volumes', 'and remove what was collected')
    .option('--dry-run', 'say what would be ended')
    .action(
      run(async ({ config }, options: { volumes?: boolean; dryRun?: boolean }) => {
        const stack = stackOf(config);
        if (options.dryRun === true) {
          await compose(stack, 'ps', '--all');
          return 0;
        }
        await compose(stack, 'down', ...(options.volumes === true ? ['--volumes'] : []));
        noteAgent(config, undefined);
        return 0;
      }),
    );
