import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from './stack.ts';

const PATIENCE_MS = 30_000;
const POLL_MS = 50;

/** Waits until the services' own check says that the graph is not intact. @returns when, as `performance.now()` */
export async function awaitScheduledCheck({ config }: Stack): Promise<number> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const response = await fetch(`http://127.0.0.1:${config.ports.content}/metrics`);
    if (/^gospelib_graph_intact(\{[^}]*\})? 0$/m.test(await response.text())) {
      return performance.now();
    }
    await sleep(POLL_MS);
  }
  throw new Error(`The scheduled check found nothing in ${PATIENCE_MS / 1000} s.`);
}
