import { confirmLoss, UsageError } from '@gospelib/cli-kit';
import { compose } from '@gospelib/processes';
import {
  composePlatform,
  findLeftovers,
  type LocalConfig,
  runningSupervisor,
  stopPlatform,
} from '@gospelib/supervisor';
import type { Verb } from '../verb.ts';

interface DownOptions {
  compose?: boolean;
  volumes?: boolean;
  acceptDataLoss?: boolean;
  dryRun?: boolean;
}

/** Ends the platform of this data folder, and whatever a killed supervisor left of it. */
export const down: Verb = (program, run) =>
  program
    .command('down')
    .description('end everything that runs here')
    .option('--compose', 'the containers of `up --compose`; their volumes stay')
    .option('--volumes', 'with --compose: and remove the volumes, with all that people made')
    .option('--accept-data-loss', 'agree to lose what is in the volumes (else it asks)')
    .option('--dry-run', 'say what would be ended')
    .action(
      run(async ({ config }, options: DownOptions) => {
        if (options.compose === true) return downContainers(config, options);
        if (options.volumes === true) throw new UsageError('--volumes belongs to --compose.');
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

async function downContainers(config: LocalConfig, options: DownOptions): Promise<number> {
  const project = composePlatform(config, { sources: true, observability: true });
  if (options.dryRun === true) {
    await compose(project, 'ps', '--all');
    return 0;
  }
  const volumes = options.volumes === true ? ['--volumes'] : [];
  if (options.volumes === true) {
    await confirmLoss(String(project.env.GOSPELIB_PROJECT), { accepted: options.acceptDataLoss });
  }
  await compose(project, 'down', '--remove-orphans', ...volumes);
  return 0;
}
