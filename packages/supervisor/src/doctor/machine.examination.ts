import type { LocalConfig } from '../config/local.config.ts';
import type { Check, Finding } from './finding.ts';
import { checkMachine } from './machine.check.ts';
import { checkRunning } from './running.check.ts';
import { checkStores } from './stores.check.ts';
import { checkTools } from './tools.check.ts';

const checks: readonly Check[] = [checkTools, checkMachine, checkStores, checkRunning];

/** Looks the whole machine over: tools, room, stores, ports. */
export async function examineMachine(config: LocalConfig): Promise<Finding[]> {
  return (await Promise.all(checks.map((check) => check(config)))).flat();
}
