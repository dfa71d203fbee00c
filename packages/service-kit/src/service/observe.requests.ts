import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { openRequestTrace, type RequestTrace, type TracePolicy } from '../tracing/request.trace.ts';
import type { SpanSink } from '../tracing/tracer.provider.ts';
import type { Service } from './service.types.ts';

const kTrace = Symbol('trace');

type Traced = IncomingMessage & { [kTrace]?: RequestTrace };

/** The trace of a request, opened at the first call: its logger, made before any hook, already carries the id. */
export function requestTraceOf(raw: IncomingMessage, policy: TracePolicy): RequestTrace {
  const traced: Traced = raw;
  traced[kTrace] ??= openRequestTrace(raw.headers.traceparent, policy);
  return traced[kTrace];
}

interface Observation {
  accessLog: 'all' | 'faults' | 'none';
  policy: TracePolicy;
  sink: SpanSink | undefined;
}

/** One span, one metric and one log line for each request, in two hooks. */
export function observeRequests(app: Service, { accessLog, policy, sink }: Observation): void {
  app.decorateRequest('trace', {
    getter(this: FastifyRequest) {
      return requestTraceOf(this.raw, policy);
    },
  });

  if (sink) {
    app.addHook('onRequest', (request, _reply, done) => {
      const { trace } = request;
      if (trace.sampled) trace.run(sink, request.method, routeOf(request), done);
      else done();
    });
  }

  app.addHook('onResponse', (request, reply, done) => {
    const route = routeOf(request);
    const { statusCode, elapsedTime } = reply;
    app.metrics.observeRequest(request.method, route, statusCode, elapsedTime / 1000);
    request.trace.end(statusCode);
    if (
      accessLog === 'all'
        ? !isProbe(route) || statusCode >= 400
        : accessLog === 'faults' && statusCode >= 400
    ) {
      const line = {
        requestId: request.id,
        traceId: request.trace.traceId,
        method: request.method,
        route,
        path: pathOf(request.url),
        status: statusCode,
        ms: Math.round(elapsedTime * 100) / 100,
      };
      if (statusCode >= 500) app.log.error(line, 'request');
      else app.log.info(line, 'request');
    }
    done();
  });
}

/** The template, for bounded label values; addresses that have none are one. */
function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? '(none)';
}

function isProbe(route: string): boolean {
  return route === '/health' || route === '/ready' || route === '/metrics';
}

/** Without the query: what people search for is theirs. */
function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
