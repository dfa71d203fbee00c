import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { BaseConfig } from '../config/base.config.ts';
import { openRequestTrace, type RequestTrace, type TracePolicy } from '../tracing/request.trace.ts';
import type { SpanSink } from '../tracing/tracer.provider.ts';
import type { Service } from './service.types.ts';

const kTrace = Symbol('trace');

type Traced = IncomingMessage & { [kTrace]?: RequestTrace };

/** Counted as nginx does when the caller went away before the answer was complete. */
const callerGone = 499;

/** The trace of a request, opened at the first call: its logger, made before any hook, already carries the id. */
export function requestTraceOf(raw: IncomingMessage, policy: TracePolicy): RequestTrace {
  const traced: Traced = raw;
  traced[kTrace] ??= openRequestTrace(raw.headers.traceparent, policy);
  return traced[kTrace];
}

export interface Observation {
  accessLog: BaseConfig['ACCESS_LOG'];
  policy: TracePolicy;
  sink: SpanSink | undefined;
}

/** Ends the observation of a request; only its first call counts. */
export type Finish = (request: FastifyRequest, status: number) => void;

/** One span, one metric and one log line for each request; and the list of routes. */
export function observeRequests(app: Service, { accessLog, policy, sink }: Observation): Finish {
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) app.metrics.addRoute(one, url);
  });

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
    // The bytes of a body arrive outside of the request's context.
    app.addHook('preValidation', (request, _reply, done) => request.trace.reenter(done));
  }

  const finish: Finish = (request, status) => {
    // Not `request.trace`: what fails before any route is a request without decorations.
    const trace = requestTraceOf(request.raw, policy);
    const { method } = request;
    if (!trace.end(status)) return;
    const route = routeOf(request);
    const ms = performance.now() - trace.startedAt;
    app.metrics.observeRequest(method, route, status, ms / 1000);
    if (!isLogged(accessLog, route, status)) return;
    const line = {
      requestId: request.id,
      traceId: trace.traceId,
      method,
      route,
      path: pathOf(request.url),
      status,
      ms: Math.round(ms * 100) / 100,
    };
    if (status >= 500) app.log.error(line, 'request');
    else app.log.info(line, 'request');
  };
  app.addHook('onResponse', (request, reply, done) => {
    finish(request, reply.statusCode);
    done();
  });
  app.addHook('onRequestAbort', (request, done) => {
    finish(request, callerGone);
    done();
  });
  return finish;
}

/** Probes that succeed, several a second from a platform, would bury everything else. */
function isLogged(accessLog: Observation['accessLog'], route: string, status: number): boolean {
  if (status >= 400) return accessLog !== 'none';
  return accessLog === 'all' && route !== '/health' && route !== '/ready' && route !== '/metrics';
}

/** The template, for a bounded number of label values; all addresses without one count as one. */
function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? '(none)';
}

/** Without the query: what people search for is theirs. */
function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
