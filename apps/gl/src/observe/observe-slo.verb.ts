import { exitCodes, printResult, renderTable } from '@gospelib/cli-kit';
import colors from 'picocolors';
import type { PrintOptions, Verb } from '../verb.ts';

interface SloOptions extends PrintOptions {
  prometheus?: string;
}

/** What is left of the error budgets. Exit code 3 when one is overdrawn. */
export const observeSlo: Verb = (observe, run) =>
  observe
    .command('slo')
    .description('what is left of the error budgets of 14 days; exit code 3 when one is overdrawn')
    .option('--prometheus <address>', 'another one than that of this machine')
    .option('--json', 'as JSON')
    .action(
      run(async (_context, { json, prometheus }: SloOptions) => {
        const { localStack, readBudgets } = await import('@gospelib/observability');
        const budgets = await readBudgets(prometheus ?? localStack.prometheus);
        printResult(json, { budgets }, () =>
          renderTable(
            [
              { head: 'objective' },
              { head: 'has to be' },
              { head: 'target', align: 'right' },
              { head: 'budget left', align: 'right' },
            ],
            budgets.map(({ does, indicator, target, left }) => [
              does,
              indicator === 'available' ? 'answered' : 'in time',
              `${(target * 100).toFixed(1)} %`,
              left === null ? 'no requests' : paint(left),
            ]),
          ),
        );
        const overdrawn = budgets.some(({ left }) => left !== null && left < 0);
        return overdrawn ? exitCodes.repairable : exitCodes.well;
      }),
    );

function paint(left: number): string {
  const text = `${(left * 100).toFixed(0)} %`;
  return left < 0 ? colors.red(text) : left < 0.25 ? colors.yellow(text) : colors.green(text);
}
