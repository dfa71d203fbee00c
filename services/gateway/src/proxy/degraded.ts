import type { Service } from '@gospelib/service-kit';
import type { Upstream } from './upstream.ts';

/** Well below the timeout of a probe of `/ready`, ms. */
const upstreamTimeout = 300;

/**
 * Lists in `/ready` the unavailable services that reading does not need; they do not make the gateway unready.
 * `{"status":"ready","checks":[…],"degraded":["study"]}`
 */
export function reportDegraded(app: Service, services: readonly Upstream[]): void {
  let running: Promise<string[]> | undefined;
  const findAway = async (): Promise<string[]> => {
    const away = await Promise.all(services.map(awayOrNot));
    running = undefined;
    return away.filter((name) => name !== undefined);
  };
  app.addHook('preSerialization', async (request, _reply, payload) => {
    if (request.routeOptions.url !== '/ready' || !isReady(payload)) return payload;
    running ??= findAway();
    return { ...payload, degraded: await running };
  });
}

function isReady(payload: unknown): payload is { status: 'ready' } {
  return typeof payload === 'object' && payload !== null && 'status' in payload;
}

async function awayOrNot(service: Upstream): Promise<string | undefined> {
  try {
    await service.ready(AbortSignal.timeout(upstreamTimeout));
    return undefined;
  } catch {
    return service.name;
  }
}
