import { startTestFalkor } from '@gospelib/testkit';
import { connectGraph, type GraphStore } from '../store/graph.store.ts';

/** Long, since the machine that runs the tests may be busy. */
const TIMEOUT = 60_000;

/** A real store in a temporary folder, and an open connection to it; `stop` ends both. */
export async function openTestStore(): Promise<{ store: GraphStore; stop(): Promise<void> }> {
  const falkor = await startTestFalkor();
  const store = connectGraph(falkor.url, { timeout: TIMEOUT });
  await store.whenReady(TIMEOUT);
  return {
    store,
    stop: async () => {
      await store.close();
      await falkor.stop();
    },
  };
}
