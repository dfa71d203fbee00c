import type { EnvironmentStatus, ProcessState, ProcessStatus } from '@gospelib/environment';
import { serviceNames } from '@gospelib/platform';
import { isAlive, memoryOf } from '@gospelib/processes';
import type { LocalConfig } from '../config/local.config.ts';
import { isReady } from '../process/service.process.ts';
import { findLeftovers, runningSupervisor } from './leftovers.ts';
import { type ProcessRecord, readRunState } from './run.state.ts';

const good: ReadonlySet<ProcessState> = new Set(['ready', 'external']);

/** What runs on this machine, process by process. @throws OperatorError when its state cannot be read */
export async function readLocalStatus(config: LocalConfig): Promise<EnvironmentStatus> {
  const supervisor = runningSupervisor(config);
  const state = supervisor === undefined ? undefined : readRunState(config);
  if (supervisor === undefined || state === undefined) {
    const processes = findLeftovers(config).map(
      ({ name, process }): ProcessStatus => ({
        name,
        state: 'left over',
        pid: process.pid,
        restarts: 0,
      }),
    );
    return { running: false, ready: false, processes };
  }
  const processes = await Promise.all(state.processes.map((record) => statusOf(config, record)));
  const { origin, ready } = state;
  return {
    running: true,
    ready:
      ready && processes.every((one) => one.name in config.catalogue.jobs || good.has(one.state)),
    origin,
    supervisor: supervisor.pid,
    processes,
  };
}

async function statusOf(config: LocalConfig, record: ProcessRecord): Promise<ProcessStatus> {
  const { name, process, port, restarts } = record;
  const alive = process !== undefined && isAlive(process);
  const memory = alive ? memoryOf(process.pid) : undefined;
  return {
    name,
    state: await stateOf(config, record, alive),
    ...(alive ? { pid: process.pid } : {}),
    ...(memory === undefined ? {} : { memory }),
    ...(port === undefined ? {} : { port }),
    ...(alive ? { uptime: Math.round((Date.now() - Date.parse(record.since)) / 1000) } : {}),
    restarts,
  };
}

async function stateOf(
  config: LocalConfig,
  { name, state, port }: ProcessRecord,
  alive: boolean,
): Promise<ProcessState> {
  if (state !== 'running' && state !== 'silent') return state;
  if (!alive) return 'stopped';
  if (state === 'silent') return 'not ready';
  const isService = serviceNames(config.catalogue).includes(name);
  return !isService || (port !== undefined && (await isReady(port))) ? 'ready' : 'not ready';
}
