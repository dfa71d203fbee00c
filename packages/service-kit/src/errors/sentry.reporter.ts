import { createStackParser, createTransport, Scope } from '@sentry/core';
import { nodeStackLineParser, ServerRuntimeClient } from '@sentry/core/server';
import type { BuildInfo } from '../service/build.info.ts';
import type { ErrorReporter } from './error.types.ts';
import { withoutPersonalData } from './personal.data.ts';

const flushMs = 2000;

/**
 * Of an error its type, its message without personal data, and its stack are
 * sent; nothing of the request but its ids and route. https://develop.sentry.dev/sdk/foundations/envelopes/
 */
export function sentryReporter(
  dsn: string,
  { service, version, revision }: BuildInfo,
  environment: string,
): ErrorReporter {
  const client = new ServerRuntimeClient({
    dsn,
    environment,
    platform: 'node',
    runtime: { name: 'node', version: process.version },
    release: `${service}@${version}+${revision}`,
    integrations: [],
    stackParser: createStackParser(nodeStackLineParser()),
    transport: (options) =>
      createTransport(options, async ({ body }) => {
        const response = await fetch(options.url, {
          method: 'POST',
          headers: options.headers ?? {},
          body: typeof body === 'string' ? body : Buffer.from(body),
          signal: AbortSignal.timeout(flushMs),
        });
        await response.body?.cancel();
        return {
          statusCode: response.status,
          headers: {
            'x-sentry-rate-limits': response.headers.get('x-sentry-rate-limits'),
            'retry-after': response.headers.get('retry-after'),
          },
        };
      }),
    sendClientReports: false,
    beforeSend: (event) => {
      for (const one of event.exception?.values ?? []) {
        if (one.value !== undefined) one.value = withoutPersonalData(one.value);
      }
      if (event.message !== undefined) event.message = withoutPersonalData(event.message);
      return event;
    },
  });
  client.init();
  return {
    report(error, { traceId, requestId, route }) {
      const scope = new Scope();
      scope.setTag('service', service);
      if (requestId !== undefined) scope.setTag('request_id', requestId);
      if (route !== undefined) scope.setTransactionName(route);
      if (traceId !== undefined) {
        scope.setPropagationContext({ traceId, sampleRand: Math.random() });
        scope.setTag('trace_id', traceId);
      }
      client.captureException(error, undefined, scope);
    },
    async close() {
      await client.close(flushMs);
    },
  };
}
