import { OperatorError } from '@gospelib/cli-kit';
import { assertPortFree, PortBusyError } from '@gospelib/processes';
import type { Config, StoreName } from '../config.ts';
import { partNames, portRules } from '../ports.ts';

/** Checks every port before anything is started. @throws OperatorError naming each busy one with its holder */
export async function assertPortsFree({ ports, external }: Config): Promise<void> {
  const own = partNames.filter((name) => external[name as StoreName] === undefined);
  const faults = await Promise.all(
    own.map(async (name) => {
      try {
        await assertPortFree(ports[name]);
        return [];
      } catch (error) {
        if (!(error instanceof PortBusyError)) throw error;
        return [`${name}: ${error.message} (${portRules[name].variable} moves it.)`];
      }
    }),
  );
  const lines = faults.flat();
  if (lines.length === 0) return;
  throw new OperatorError(lines.join('\n'), '--port-base N moves all ports at once.');
}
