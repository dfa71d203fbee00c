import { openBackups, stateOfBackups } from '@gospelib/data-ops';
import type { Environment } from '@gospelib/environment';
import { type JobRun, runJob, signalAddresses } from '@gospelib/job-kit';
import { say } from '../verb.ts';

/** What is known of backups after a job on them, under the names by which the auditor shows it on one machine. */
async function tellBackups(environment: Environment, { metrics }: JobRun): Promise<void> {
  const state = stateOfBackups(await openBackups(environment).survey());
  for (const [kind, { newest, verified, damaged }] of Object.entries(state)) {
    const at = (name: string, help: string, time: number | undefined): void => {
      if (time !== undefined) metrics.set(name, `${help}, seconds since 1970.`, time, { kind });
    };
    at('gospelib_backup_newest_seconds', 'When the newest backup that counts was taken', newest);
    at('gospelib_backup_verified_seconds', 'When a backup was last verified', verified);
    metrics.set('gospelib_backups_damaged', 'Backups that cannot be restored.', damaged, { kind });
  }
}

/**
 * Runs a verb that a cluster runs on a schedule: where there is an address for them, its signals are sent before it
 * ends, with what is known of all backups then. @returns the verb’s exit code
 */
export function asJob(
  name: string,
  environment: Environment,
  work: () => Promise<number>,
): Promise<number> {
  const addresses = signalAddresses(process.env);
  const job = { name, version: 'gl', addresses, warn: say, failed: (code: number) => code !== 0 };
  return runJob(job, async (run) => {
    const code = await work();
    if (addresses.metrics !== undefined) {
      // What was done is done, whether or not somebody hears of it.
      await tellBackups(environment, run).catch((error: Error) =>
        say(`${name}: what is known of backups could not be told: ${error.message}`),
      );
    }
    return code;
  });
}
