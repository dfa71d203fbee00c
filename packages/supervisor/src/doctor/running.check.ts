import { portOf } from '@gospelib/platform';
import { assertPortFree } from '@gospelib/processes';
import type { LocalConfig } from '../config/local.config.ts';
import { portIn } from '../config/port.choice.ts';
import { readLocalStatus } from '../platform/local.status.ts';
import { startedHere } from '../platform/port.check.ts';
import { type Finding, fault, ok, warning } from './finding.ts';

/** What runs here already, and whether the ports are free when nothing does. */
export async function checkRunning(config: LocalConfig): Promise<Finding[]> {
  const { running, processes, supervisor } = await readLocalStatus(config);
  if (running) {
    return processes.map(({ name, state, pid, port }) => {
      const text = `${state}${pid === undefined ? '' : `, process ${pid}`}${port === undefined ? '' : `, port ${port}`}`;
      return state === 'ready' || state === 'external' || state === 'starting'
        ? ok(name, text)
        : warning(name, text, `\`./gl logs ${name}\` tells why (supervisor ${supervisor}).`);
    });
  }
  const leftovers = processes.map(({ name, pid }) =>
    warning(
      name,
      `left running by a killed gl (process ${pid})`,
      '`./gl down` ends it; the next `./gl up` does too.',
    ),
  );
  const busy = processes.length > 0 ? [] : await checkPorts(config);
  return [...leftovers, ...busy];
}

async function checkPorts(config: LocalConfig): Promise<Finding[]> {
  return Promise.all(
    startedHere(config).map(async (name) => {
      const port = portIn(config.ports, name);
      try {
        await assertPortFree(port);
        return ok(`port ${port}`, `free for ${name}`);
      } catch (error) {
        const { variable } = portOf(config.catalogue, name);
        const remedy = `End that process, or move ${name} with ${variable} or everything with --port-base.`;
        return fault(`port ${port}`, (error as Error).message, remedy);
      }
    }),
  );
}
