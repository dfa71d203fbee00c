import type { IncomingHttpHeaders } from 'node:http';
import {
  type Context,
  context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import {
  formatTraceparent,
  newSpanId,
  newTraceId,
  parseTraceparent,
  type TraceContext,
} from './trace.context.ts';
import type { SpanSink } from './tracer.provider.ts';

/**
 * A request's part in a trace. It always exists, for logs and for the next service; it has a span only if sampled and
 * exported.
 */
export class RequestTrace {
  readonly traceId: string;
  readonly sampled: boolean;
  /** As returned by `performance.now()`. */
  readonly startedAt = performance.now();
  readonly #parentId: string | undefined;
  #span: Span | undefined;
  #context: Context | undefined;
  #ended = false;

  constructor(caller: TraceContext | undefined, sampled: boolean, ownId?: string) {
    this.traceId = caller?.traceId ?? ownId ?? newTraceId();
    this.#parentId = caller?.parentId;
    this.sampled = sampled;
  }

  /** The trace's id when a span of this request is sent: whoever looks it up finds something. */
  get recordedId(): string | undefined {
    return this.#span === undefined ? undefined : this.traceId;
  }

  /** Of the span of this request, when it is sent. */
  get spanId(): string | undefined {
    return this.#span?.spanContext().spanId;
  }

  /** Starts the request's span and runs `next` within it. */
  run(sink: SpanSink, method: string, route: string, next: () => void): void {
    const parent = this.#parentContext();
    if (parent === ROOT_CONTEXT) sink.presetTraceId(this.traceId);
    this.#span = sink.tracer.startSpan(
      `${method} ${route}`,
      {
        kind: SpanKind.SERVER,
        attributes: { 'http.request.method': method, 'http.route': route },
      },
      parent,
    );
    this.#context = trace.setSpan(parent, this.#span);
    context.with(this.#context, next);
  }

  /** Runs `next` within the request's span, if there is one. */
  reenter(next: () => void): void {
    if (this.#context === undefined) next();
    else context.with(this.#context, next);
  }

  /** Ends the request's span. @returns false when it had already ended */
  end(status: number): boolean {
    if (this.#ended) return false;
    this.#ended = true;
    const span = this.#span;
    if (span === undefined) return true;
    span.setAttribute('http.response.status_code', status);
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
    return true;
  }

  /** The `traceparent` to send to the next service. */
  traceparent(): string {
    const spanId = this.#span?.spanContext().spanId ?? this.#parentId ?? newSpanId();
    return formatTraceparent(this.traceId, spanId, this.sampled);
  }

  #parentContext(): Context {
    if (this.#parentId === undefined) return ROOT_CONTEXT;
    return trace.setSpanContext(ROOT_CONTEXT, {
      traceId: this.traceId,
      spanId: this.#parentId,
      traceFlags: TraceFlags.SAMPLED,
      isRemote: true,
    });
  }
}

/** How a service decides which requests to trace. */
export interface TracePolicy {
  /** Share of requests to trace when this service decides, 0–1. */
  ratio: number;
  /** Whether to follow the caller's decision. Not at the edge, where anyone could have everything traced. */
  followCaller: boolean;
}

export function openRequestTrace(headers: IncomingHttpHeaders, policy: TracePolicy): RequestTrace {
  const { traceparent } = headers;
  const caller = typeof traceparent === 'string' ? parseTraceparent(traceparent) : undefined;
  const sampled =
    caller !== undefined && policy.followCaller ? caller.sampled : Math.random() < policy.ratio;
  return new RequestTrace(caller, sampled, traceOfChange(headers['idempotency-key']));
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** All attempts of one change are one trace, named by the key that makes it happen once. */
function traceOfChange(key: string | string[] | undefined): string | undefined {
  return typeof key === 'string' && uuid.test(key) ? key.replaceAll('-', '') : undefined;
}
