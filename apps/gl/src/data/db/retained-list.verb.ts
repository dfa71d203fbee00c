import { printResult, renderTable } from '@gospelib/cli-kit';
import { withDatabase } from '@gospelib/data-ops';
import { listRetained, type RetainedDatabase } from '@gospelib/database';
import type { PrintOptions, Verb } from '../../verb.ts';

/** Shows the databases that restores retained. */
export const retainedList: Verb = (retained, run) =>
  retained
    .command('list', { isDefault: true })
    .description('show them')
    .option('--json', 'as JSON')
    .action(
      run(async ({ environment }, { json }: PrintOptions) => {
        const found = await withDatabase(environment, listRetained);
        printResult(json, { retained: found }, () => render(found));
        return 0;
      }),
    );

function render(found: readonly RetainedDatabase[]): string {
  if (found.length === 0) return 'Nothing is retained.';
  return renderTable(
    [
      { head: 'database' },
      { head: 'retained since' },
      { head: 'MB', align: 'right' },
      { head: 'why' },
    ],
    found.map(({ name, keptAt, megabytes, why }) => [name, keptAt, megabytes.toFixed(1), why]),
  );
}
