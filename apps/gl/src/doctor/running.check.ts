import { assertPortFree } from '@gospelib/processes';
import { readStatus } from '../commands/status.command.ts';
import type { Config, StoreName } from '../config.ts';
import { partNames, portRules } from '../ports.ts';
import { type Finding, fault, ok, warning } from './finding.ts';

/** What runs here already, and whether the ports are free when nothing does. */
export async function checkRunning(config: Config): Promise<Finding[]> {
  const { running, parts, supervisor } = await readStatus(config);
  if (running) {
    return parts.map(({ name, state, pid, port }) => {
      const text = `${state}${pid === undefined ? '' : `, process ${pid}`}${port === undefined ? '' : `, port ${port}`}`;
      return state === 'ready' || state === 'external' || state === 'starting'
        ? ok(name, text)
        : warning(name, text, `\`./gl logs ${name}\` tells why (supervisor ${supervisor}).`);
    });
  }
  const leftovers = parts.map(({ name, pid }) =>
    warning(
      name,
      `left running by a killed gl (process ${pid})`,
      '`./gl down` ends it; the next `./gl up` does too.',
    ),
  );
  const busy = parts.length > 0 ? [] : await checkPorts(config);
  return [...leftovers, ...busy];
}

async function checkPorts({ ports, external }: Config): Promise<Finding[]> {
  const own = partNames.filter((name) => external[name as StoreName] === undefined);
  return Promise.all(
    own.map(async (name) => {
      try {
        await assertPortFree(ports[name]);
        return ok(`port ${ports[name]}`, `free for ${name}`);
      } catch (error) {
        const remedy = `End that process, or move ${name} with ${portRules[name].variable} or everything with --port-base.`;
        return fault(`port ${ports[name]}`, (error as Error).message, remedy);
      }
    }),
  );
}
