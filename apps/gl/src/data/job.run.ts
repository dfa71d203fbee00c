import { openBackups, stateOfBackups } from '@gospelib/data-ops';
import type { Environment } from '@gospelib/environment';
import { type JobRun, runJob, signalAddresses } from '@gospelib/job-kit';
import { say } from '../verb.ts';

/** What is known of backups after a job on them, under the names by which the auditor shows it on one machine. */
async function tellBackups(environment: Environment, { metrics }: JobRun): Promise<void> {
  const state = stateOfBackups(await openBackups(environment).survey());
  for (const [kind, { newest, verified, damaged }] of Object.entries(state)) {
    const known = { newest, verified };
    for (const [what, at] of Object.entries(known)) {
      if (at === undefined) continue;
      const name = `gospelib_backup_${what}_seconds`;
      metrics.set(name, `When a backup was last ${what}, seconds since 1970.`, at, { kind });
    }
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
