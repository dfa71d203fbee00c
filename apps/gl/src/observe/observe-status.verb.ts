import { exitCodes, printResult, renderTable } from '@gospelib/cli-kit';
import colors from 'picocolors';
import type { PrintOptions, Verb } from '../verb.ts';

/** Which parts of the stack are ready. Exit code 3 when not all are. */
export const observeStatus: Verb = (observe, run) =>
  observe
    .command('status')
    .description('which parts are ready, and where; exit code 3 when not all are')
    .option('--json', 'as JSON')
    .action(
      run(async (_context, { json }: PrintOptions) => {
        const { localStack, readStack } = await import('@gospelib/observability');
        const parts = await readStack(localStack);
        printResult(json, { parts }, () =>
          renderTable(
            [{ head: 'part' }, { head: 'state' }, { head: 'where' }],
            parts.map(({ part, ready, reason, address }) => [
              part,
              ready ? colors.green('ready') : colors.yellow(reason ?? 'not ready'),
              address,
            ]),
          ),
        );
        return parts.every(({ ready }) => ready) ? exitCodes.well : exitCodes.repairable;
      }),
    );
