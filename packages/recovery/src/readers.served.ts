import { waitUntil } from '@gospelib/cli-kit';
import type { Environment } from '@gospelib/environment';

/** Longer than content takes to load a corpus that was repaired. */
const TIMEOUT_MS = 15_000;
const POLL_MS = 100;

/** Answered from the active graph by content, through the gateway. */
const QUESTION = '/api/v1/corpus';

/** Waits until a reader's question is answered well; false when it is not in time. */
export async function areReadersServed(environment: Pick<Environment, 'ask'>): Promise<boolean> {
  const ask = async () => {
    try {
      const response = await environment.ask('gateway', QUESTION);
      await response.body?.cancel();
      return response.ok ? true : undefined;
    } catch {
      return undefined;
    }
  };
  return (await waitUntil(ask, { timeoutMs: TIMEOUT_MS, everyMs: POLL_MS })) === true;
}
