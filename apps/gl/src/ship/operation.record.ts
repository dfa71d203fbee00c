import { join } from 'node:path';
import { type Context, say } from '../verb.ts';

/** What a verb is about to do to an environment. */
interface Intent {
  environment: string;
  verb: string;
  why: string;
  what: string;
}

/** Does something to an environment and writes down who did it, why, and what became of it, also when it fails. */
export async function recorded<T>(
  { config: { root, dataDir, env } }: Context,
  intent: Intent,
  work: () => Promise<{ result: string; value: T }>,
): Promise<T> {
  const { logOperation, whoActs } = await import('@gospelib/delivery');
  const write = async (result: string) => {
    const at = new Date().toISOString();
    const entry = { at, who: await whoActs(root, env), ...intent, result };
    const why = await logOperation(root, join(dataDir, 'operations'), entry);
    if (why !== undefined) {
      say(`The record of this is kept on this machine and follows with the next one: ${why}`);
    }
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
