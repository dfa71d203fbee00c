import { printResult } from '@gospelib/cli-kit';
import type { ChangeOptions, Context } from '../../verb.ts';
import { keyChange, keyList, runKeyJob } from './key.job.ts';

/** Rotates or replaces the keys, or says what that would do. Resolves with the exit code. */
export async function changeKeys(
  context: Context,
  verb: 'rotate' | 'replace',
  { json, dryRun }: ChangeOptions,
  tell: (change: { added: string[]; removed: string[] }) => string,
): Promise<number> {
  if (dryRun === true) {
    const { keys } = await runKeyJob(context, 'status', keyList);
    const removed = verb === 'replace' ? keys.map(({ id }) => id) : [];
    const gone = removed.length === 0 ? 'none' : removed.join(', ');
    printResult(
      json,
      { dryRun: true, removed },
      () => `Would publish a new key and remove ${gone}. Nothing was changed.`,
    );
    return 0;
  }
  const change = await runKeyJob(context, verb, keyChange);
  printResult(json, change, () => tell(change));
  return 0;
}
