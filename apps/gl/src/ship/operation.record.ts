import { join } from 'node:path';
import type { Operation } from '@gospelib/delivery';
import type { LocalConfig } from '@gospelib/supervisor';
import { type Context, say } from '../verb.ts';

/** What a verb is about to do to an environment. */
export type Intent = Pick<Operation, 'environment' | 'verb' | 'why' | 'what'>;

/** Does something to an environment and writes down who did it, why, and what became of it, also when it fails. */
export async function recorded<T>(
  { config: { root, env }, log }: Context,
  intent: Intent,
  work: () => Promise<{ result: string; value: T }>,
): Promise<T> {
  const write = async (result: string) => {
    const { whoActs } = await import('@gospelib/delivery');
    await log({ at: new Date().toISOString(), who: await whoActs(root, env), ...intent, result });
  };
  try {
    const { result, value } = await work();
    await write(result);
    return value;
  } catch (error) {
    await write(`failed: ${(error as Error).message}`);
    throw error;
  }
}

/** To the branch of records of the remote, or of the repository that GOSPELIB_RECORDS names; by way of the data folder. */
export async function logForGood(
  { root, dataDir, env: { GOSPELIB_RECORDS: remote } }: LocalConfig,
  entry: Operation,
): Promise<void> {
  const { logOperation } = await import('@gospelib/delivery');
  const why = await logOperation(root, join(dataDir, 'operations'), entry, remote || undefined);
  if (why === undefined) return;
  say(`The record of this is kept on this machine and follows with the next one: ${why}`);
}
