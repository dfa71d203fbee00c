import type { Service } from '@gospelib/service-kit';
import { buildApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { type RouteRule, routeTable } from '../routing/route.table.ts';

export interface TestGateway {
  app: Service;
  url: string;
  port: number;
}

/** Nothing listens there: the discard port. */
const nowhere = 'redis://127.0.0.1:9';

/** The whole gateway on a free port, without Redis unless `REDIS_URL` is set. */
export async function startGateway(
  env: Record<string, string>,
  table: readonly RouteRule[] = routeTable,
): Promise<TestGateway> {
  const config = readConfig({ LOG_LEVEL: 'silent', REDIS_URL: nowhere, ...env });
  const app = await buildApp(config, table);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, url, port: Number(new URL(url).port) };
}
