import { printResult, renderTable } from '@gospelib/cli-kit';
import type { PrintOptions, Verb } from '../../verb.ts';
import { type Key, keyList, runKeyJob } from './key.job.ts';

/** Shows the published keys, the oldest first. */
export const keysList: Verb = (keys, run) =>
  keys
    .command('list')
    .description('show each key: when it was published, since when it signs')
    .option('--json', 'as JSON')
    .action(
      run(async (context, { json }: PrintOptions) => {
        const answer = await runKeyJob(context, 'status', keyList);
        printResult(json, answer, () => render(answer.keys));
        return 0;
      }),
    );

function render(keys: readonly Key[]): string {
  const now = new Date().toISOString();
  const signing = keys.findLast(({ activatesAt }) => activatesAt <= now)?.id;
  return renderTable(
    [{ head: 'key' }, { head: 'published' }, { head: 'signs from' }, { head: '' }],
    keys.map(({ id, createdAt, activatesAt }) => {
      const state = id === signing ? 'signs' : activatesAt > now ? 'waits' : 'has signed';
      return [id, createdAt, activatesAt, state];
    }),
  );
}
