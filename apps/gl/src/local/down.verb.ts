import { findLeftovers, runningSupervisor, stopPlatform } from '@gospelib/supervisor';
import type { Verb } from '../verb.ts';

/** Ends the platform of this data folder, and whatever a killed supervisor left of it. */
export const down: Verb = (program, run) =>
  program
    .command('down')
    .description('end everything that runs here')
    .option('--dry-run', 'say what would be ended')
    .action(
      run(async ({ config }, options: { dryRun?: boolean }) => {
        if (options.dryRun === true) {
          const doomed = findLeftovers(config).map(
            ({ name, process }) => `${name} (process ${process.pid})`,
          );
          const supervisor = runningSupervisor(config);
          if (supervisor !== undefined) doomed.push(`supervisor (process ${supervisor.pid})`);
          console.log(doomed.length === 0 ? 'Nothing runs.' : `Would end ${doomed.join(', ')}.`);
          return 0;
        }
        const { supervisor, leftovers } = await stopPlatform(config);
        for (const { name, process } of leftovers) {
          console.log(`ended ${name} (process ${process.pid})`);
        }
        if (supervisor !== undefined) console.log('ended; nothing is left running');
        else if (leftovers.length === 0) console.log('nothing was running');
        return 0;
      }),
    );
