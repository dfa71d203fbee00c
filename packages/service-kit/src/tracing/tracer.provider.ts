import { context, SpanKind, type Tracer, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  RandomIdGenerator,
  type Sampler,
  SamplingDecision,
  type SpanExporter,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

/** Receives the spans of this process. */
export interface SpanSink {
  tracer: Tracer;
  /** Sets the trace id of the next root span, so that a request's logs and spans agree. */
  presetTraceId(traceId: string): void;
  /** Sends pending spans and shuts down. */
  shutdown(): Promise<void>;
}

export interface SpanSinkOptions {
  service: string;
  version: string;
  exporter: SpanExporter;
}

/** Small batches, because serialising spans takes time from requests. */
const batches = { maxExportBatchSize: 64, scheduledDelayMillis: 1000, maxQueueSize: 4096 };

/** An exporter to the OTLP/HTTP collector at a base address. */
export function otlpExporter(endpoint: string): SpanExporter {
  return new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
}

/** Registers the process-wide provider; without it `@opentelemetry/api` does nothing, at no cost. */
export function openSpanSink({ service, version, exporter }: SpanSinkOptions): SpanSink {
  const ids = new PresetIdGenerator();
  const processor = new BatchSpanProcessor({ exporter, ...batches });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.version': version }),
    sampler: new ParentBasedSampler({ root: requestsOnly }),
    idGenerator: ids,
    spanProcessors: [processor],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return {
    tracer: provider.getTracer('@gospelib/service-kit'),
    presetTraceId: (traceId) => ids.presetTraceId(traceId),
    async shutdown() {
      await provider.shutdown();
      trace.disable();
      context.disable();
    },
  };
}

/**
 * The ratio is decided per request before any span exists, so that an unsampled request costs nothing. Spans without a
 * parent that are no requests (a background poll, a query of an unsampled request) are not recorded.
 */
const requestsOnly: Sampler = {
  shouldSample: (_context, _traceId, _name, kind) => ({
    decision:
      kind === SpanKind.SERVER ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD,
  }),
  toString: () => 'RequestsOnly',
};

class PresetIdGenerator extends RandomIdGenerator {
  #preset: string | undefined;

  presetTraceId(traceId: string): void {
    this.#preset = traceId;
  }

  override generateTraceId = (): string => {
    const id = this.#preset;
    this.#preset = undefined;
    return id ?? super.generateTraceId();
  };
}
