import { endProcess } from '@gospelib/processes';
import type { Config } from '../config.ts';
import { clearLeftovers, findLeftovers, runningSupervisor } from '../supervisor/leftovers.ts';

/** Longer than the supervisor needs when every part has to be killed. */
const GRACE_MS = 60_000;

/** Ends the platform of this data folder, and whatever a killed supervisor left of it. */
export async function down(config: Config, options: { dryRun?: boolean }): Promise<number> {
  const supervisor = runningSupervisor(config);
  if (options.dryRun === true) {
    const doomed = findLeftovers(config).map(
      ({ name, process }) => `${name} (process ${process.pid})`,
    );
    if (supervisor !== undefined) doomed.push(`supervisor (process ${supervisor.pid})`);
    console.log(doomed.length === 0 ? 'Nothing runs.' : `Would end ${doomed.join(', ')}.`);
    return 0;
  }
  if (supervisor !== undefined) await endProcess(supervisor, 'SIGTERM', GRACE_MS);
  const leftovers = await clearLeftovers(config);
  for (const { name, process } of leftovers) console.log(`ended ${name} (process ${process.pid})`);
  if (supervisor !== undefined) console.log('ended; nothing is left running');
  else if (leftovers.length === 0) console.log('nothing was running');
  return 0;
}
