import { context, SpanKind, type Tracer, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  RandomIdGenerator,
  type ReadableSpan,
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
  /** Told what became of spans: `full` were dropped because too many wait, `refused` the collector did not take. */
  count?: SpanCount;
}

export const spanOutcomes = ['sent', 'refused', 'full'] as const;
export type SpanOutcome = (typeof spanOutcomes)[number];
export type SpanCount = (outcome: SpanOutcome, spans: number) => void;

/** Small batches, because serialising spans takes time from requests. */
const batches = { maxExportBatchSize: 64, scheduledDelayMillis: 1000, maxQueueSize: 4096 };

/** An exporter to the OTLP/HTTP collector at a base address. */
export function otlpExporter(endpoint: string): SpanExporter {
  return new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
}

/** Registers the process-wide provider; without it `@opentelemetry/api` does nothing, at no cost. */
export function openSpanSink({ service, version, exporter, count }: SpanSinkOptions): SpanSink {
  const ids = new PresetIdGenerator();
  const processor = new CountedBatches(exporter, count);
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

/** Counts what is lost, which the SDK only says in its own log. Spans that are being sent count as waiting. */
class CountedBatches extends BatchSpanProcessor {
  readonly #count: SpanCount | undefined;
  #waiting = 0;

  constructor(exporter: SpanExporter, count: SpanCount | undefined) {
    const settled = (spans: number, code: ExportResultCode): void => {
      this.#waiting -= spans;
      count?.(code === ExportResultCode.SUCCESS ? 'sent' : 'refused', spans);
    };
    // One batch at a time: the SDK begins one more with each that fails, until an agent that is away for a minute is asked
    // for thirty at once, and the rest of the queue is thrown away.
    let line = Promise.resolve();
    super({
      ...batches,
      exporter: {
        export: (spans, done) => {
          const send = (): Promise<void> =>
            new Promise((next) => {
              exporter.export(spans, (result) => {
                settled(spans.length, result.code);
                done(result);
                next();
              });
            });
          line = line.then(send);
        },
        shutdown: () => exporter.shutdown(),
      },
    });
    this.#count = count;
  }

  override onEnd(span: ReadableSpan): void {
    if (this.#waiting >= batches.maxQueueSize) {
      this.#count?.('full', 1);
      return;
    }
    this.#waiting += 1;
    super.onEnd(span);
  }
}

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
