import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/** Called for each named query; `name` comes from the code, never from input. */
export type QueryObserver = (name: string, outcome: 'ok' | 'error', seconds: number) => void;

const tracer = trace.getTracer('@gospelib/database');

/** Runs a query in its own span, a child of the request's, and reports how long it took. */
export async function observed<T>(
  name: string,
  schema: string,
  observe: QueryObserver | undefined,
  run: () => Promise<T>,
): Promise<T> {
  const start = performance.now();
  const span = tracer.startSpan(`postgresql ${name}`, {
    kind: SpanKind.CLIENT,
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': name,
      'db.namespace': schema,
    },
  });
  let outcome: 'ok' | 'error' = 'error';
  try {
    const result = await run();
    outcome = 'ok';
    return result;
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name });
    throw error;
  } finally {
    span.end();
    observe?.(name, outcome, (performance.now() - start) / 1000);
  }
}
