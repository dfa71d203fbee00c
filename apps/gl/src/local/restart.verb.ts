import { UsageError } from '@gospelib/cli-kit';
import { platform, processNames } from '@gospelib/platform';
import type { Verb } from '../verb.ts';

/** Ends one process; the supervisor starts it again. */
export const restart: Verb = (program, run) =>
  program
    .command('restart')
    .description('end one store or service and wait until it is ready again')
    .argument('<name>', processNames(platform).join(', '))
    .option('--dry-run', 'say what would be restarted')
    .action(
      run(async ({ environment }, name: string, options: { dryRun?: boolean }) => {
        if (!processNames(platform).includes(name)) {
          const known = processNames(platform).join(', ');
          throw new UsageError(`There is no store or service ${name}; there are ${known}.`);
        }
        if (options.dryRun === true) {
          console.log(`Would restart ${name} on ${environment.place}.`);
          return 0;
        }
        const start = performance.now();
        await environment.restart(name);
        const seconds = (performance.now() - start) / 1000;
        console.log(`${name} is ready again, after ${seconds.toFixed(1)} s.`);
        return 0;
      }),
    );
