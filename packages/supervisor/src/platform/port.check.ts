import { OperatorError } from '@gospelib/cli-kit';
import { portOf, processNames, type StoreName } from '@gospelib/platform';
import { assertPortFree, PortBusyError } from '@gospelib/processes';
import type { LocalConfig } from '../config/local.config.ts';
import { portIn } from '../config/port.choice.ts';

/** Stores and services that are to be started here: not those whose address the environment names. */
export function startedHere({ external, catalogue }: LocalConfig): string[] {
  return processNames(catalogue).filter((name) => external[name as StoreName] === undefined);
}

/** Checks every port before anything is started. @throws OperatorError naming each busy one with its holder */
export async function assertPortsFree(config: LocalConfig): Promise<void> {
  const faults = await Promise.all(
    startedHere(config).map(async (name) => {
      try {
        await assertPortFree(portIn(config.ports, name));
        return [];
      } catch (error) {
        if (!(error instanceof PortBusyError)) throw error;
        return [`${name}: ${error.message} (${portOf(config.catalogue, name).variable} moves it.)`];
      }
    }),
  );
  const lines = faults.flat();
  if (lines.length === 0) return;
  throw new OperatorError(lines.join('\n'), '--port-base N moves all ports at once.');
}
