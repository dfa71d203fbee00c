import { setTimeout as sleep } from 'node:timers/promises';
import { platform } from '@gospelib/platform';
import type { Stack } from './stack.ts';

const TIMEOUT_MS = 30_000;
const POLL_MS = 50;

/** Waits until the auditor says that the graph is not intact. @returns when, as `performance.now()` */
export async function awaitScheduledCheck({ environment }: Stack): Promise<number> {
  const deadline = performance.now() + TIMEOUT_MS;
  while (performance.now() < deadline) {
    const response = await environment.ask('auditor', platform.probes.metrics);
    if (/^gospelib_graph_intact(\{[^}]*\})? 0$/m.test(await response.text())) {
      return performance.now();
    }
    await sleep(POLL_MS);
  }
  throw new Error(`The scheduled check found nothing in ${TIMEOUT_MS / 1000} s.`);
}
