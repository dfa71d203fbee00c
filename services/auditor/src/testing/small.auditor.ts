import type { Service } from '@gospelib/service-kit';
import { buildApp } from '../app.ts';
import { readConfig } from '../config.ts';

export interface SmallAuditor {
  readonly app: Service;
  /** A number of its metrics; undefined when it shows none. */
  metric(name: string): Promise<number | undefined>;
}

/** Long enough never to come round again in a test. */
const NEVER_MS = 3_600_000;

/** An auditor that does not listen. What has no interval is done once, at the start. */
export async function startSmallAuditor(
  url: string,
  {
    checkMs = NEVER_MS,
    roundMs = NEVER_MS,
    operations,
  }: { checkMs?: number; roundMs?: number; operations?: string },
): Promise<SmallAuditor> {
  const app = await buildApp(
    readConfig({
      FALKORDB_URL: url,
      LOG_LEVEL: 'silent',
      GRAPH_CHECK_MS: String(checkMs),
      GRAPH_ROUND_MS: String(roundMs),
      OPERATIONS_DIR: operations,
    }),
  );
  await app.ready();
  return {
    app,
    metric: async (name) => {
      const { body } = await app.inject('/metrics');
      const value = new RegExp(`^${name}\\{[^}]*\\} (\\S+)$`, 'm').exec(body)?.[1];
      return value === undefined ? undefined : Number(value);
    },
  };
}

/** Waits until something holds; fails after a minute, for a machine that does much else. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  const start = performance.now();
  while (!(await holds())) {
    if (performance.now() - start > 60_000) throw new Error('It did not come to be.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
