import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

export interface TracedJob {
  name: string;
  version: string;
  /** Base address of an OTLP/HTTP collector. */
  endpoint: string;
}

/** Tells of something within the job, as an event of its span. */
export type Note = (event: string) => void;

/** The longest time that the end of a job waits for a collector that does not take its spans, ms. */
const flushMs = 2_000;

/**
 * Runs a job in a trace of its own, with its queries below, and sends it before the job ends: afterwards nobody can ask
 * the process any more. A collector that is away costs the job a few seconds at its end, and never its success.
 */
export async function runTraced<T>(
  { name, version, endpoint }: TracedJob,
  work: (note: Note) => Promise<T>,
): Promise<T> {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: flushMs,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': name, 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: flushMs })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  try {
    return await provider.getTracer(`@gospelib/${name}`).startActiveSpan(name, async (span) => {
      try {
        return await work((event) => span.addEvent(event));
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name });
        throw error;
      } finally {
        span.end();
      }
    });
  } finally {
    await provider.shutdown().catch(() => undefined);
    trace.disable();
    context.disable();
  }
}
