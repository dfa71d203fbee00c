import { endProcess, type ProcessIdentity } from '@gospelib/processes';
import type { LocalConfig } from '../config/local.config.ts';
import { clearLeftovers, type Leftover, runningSupervisor } from './leftovers.ts';

/** Longer than the supervisor needs when every process has to be killed. */
const GRACE_MS = 60_000;

export interface Stopped {
  /** The supervisor that ended its platform; undefined when none ran. */
  supervisor: ProcessIdentity | undefined;
  /** What a killed supervisor had left running. */
  leftovers: Leftover[];
}

/** Ends the platform of this data folder, and whatever a killed supervisor left of it. */
export async function stopPlatform(config: LocalConfig): Promise<Stopped> {
  const supervisor = runningSupervisor(config);
  if (supervisor !== undefined) await endProcess(supervisor, 'SIGTERM', GRACE_MS);
  return { supervisor, leftovers: await clearLeftovers(config) };
}
