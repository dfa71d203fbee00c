import { connectGraph, type GraphStore } from '@gospelib/graph';
import type { Service } from '@gospelib/service-kit';
import { startTestFalkor } from '@gospelib/testkit';
import { expect, vi } from 'vitest';
import { z } from 'zod';
import { buildApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { activateSmallCorpus } from './small.corpus.ts';
import type { Edition } from './small.manifest.ts';

export const VERSION = '0123456789ab-full';

/** The service on a real FalkorDB in a temporary folder. */
export interface SmallApp {
  readonly app: Service;
  readonly store: GraphStore;
  readonly falkor: Falkor;
  /** Answers `GET /api/v1/<path>`, which must be a 200 with exactly what the contract says. */
  get<S extends z.ZodType>(path: string, contract: S): Promise<z.output<S>>;
  /** The problem that `GET /api/v1/<path>` is answered with. */
  problem(path: string): Promise<{ status: number; code: string; detail: string; body: Problem }>;
  stop(): Promise<void>;
}

type Falkor = Awaited<ReturnType<typeof startTestFalkor>>;
type Problem = z.output<typeof problemBody>;
const problemBody = z.looseObject({
  type: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  candidates: z.array(z.object({ id: z.string(), reference: z.string() })).optional(),
});

/**
 * @param edition without one the store stays empty
 * @param start starts the store; in a temporary folder, when not given
 * @param books of the small corpus; all of them, when not given
 */
export async function startSmallApp(
  edition?: Edition,
  start: () => Promise<Falkor> = startTestFalkor,
  books?: readonly string[],
): Promise<SmallApp> {
  const falkor = await start();
  const store = connectGraph(falkor.url, { timeout: 30_000 }); // the test's own; the service has a reader's patience
  await store.whenReady(60_000);
  if (edition) await activateSmallCorpus(store, VERSION, edition, books);
  const environment = { FALKORDB_URL: falkor.url, LOG_LEVEL: 'silent' };
  const app = await buildApp(readConfig(environment));
  await app.ready();
  if (edition) await until(async () => (await app.inject('/ready')).statusCode === 200);

  const request = (path: string) => app.inject(`/api/v1/${path}`);
  return {
    app,
    store,
    falkor,
    async get(path, contract) {
      const { statusCode, body } = await request(path);
      expect(statusCode, `${path}: ${body}`).toBe(200);
      const value: unknown = JSON.parse(body);
      // Parsing drops what the contract does not name: nothing may be dropped.
      const parsed = contract.parse(value);
      expect(parsed).toEqual(value);
      return parsed;
    },
    async problem(path) {
      const { statusCode: status, headers, body: text } = await request(path);
      expect(headers['content-type'], path).toContain('application/problem+json');
      const body = problemBody.parse(JSON.parse(text));
      expect(body.status).toBe(status);
      const code = body.type.replace('/problems/', '');
      return { status, code, detail: body.detail ?? '', body };
    },
    async stop() {
      await app.close();
      await store.close();
      await falkor.stop();
    },
  };
}

/** Waits until something holds; fails after a minute, since the machine may be busy. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  await vi.waitUntil(holds, { timeout: 60_000, interval: 20 });
}
