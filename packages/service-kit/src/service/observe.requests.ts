import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { BaseConfig } from '../config/base.config.ts';
import type { ErrorPlace } from '../errors/error.types.ts';
import type { AccessLine } from '../log/log.ts';
import { openRequestTrace, type RequestTrace, type TracePolicy } from '../tracing/request.trace.ts';
import type { SpanSink } from '../tracing/tracer.provider.ts';
import type { Service } from './service.types.ts';

const kTrace = Symbol('trace');

type Traced = IncomingMessage & { [kTrace]?: RequestTrace };

/** The status recorded when the caller disconnects before the answer is complete, as in nginx. */
const callerGone = 499;

/** The trace of a request, opened on the first call: the request's logger, created before any hook, needs its id. */
export function requestTraceOf(raw: IncomingMessage, policy: TracePolicy): RequestTrace {
  const traced: Traced = raw;
  traced[kTrace] ??= openRequestTrace(raw.headers, policy);
  return traced[kTrace];
}

export interface Observation {
  accessLog: BaseConfig['ACCESS_LOG'];
  writeLine: (line: AccessLine) => void;
  policy: TracePolicy;
  sink: SpanSink | undefined;
  callerOf?: ((request: FastifyRequest) => string | undefined) | undefined;
}

/** Ends the observation of a request; further calls have no effect. */
export type Finish = (request: FastifyRequest, status: number) => void;

/** Records one span, one metric and one log line per request, and lists the routes. */
export function observeRequests(
  app: Service,
  { accessLog, writeLine, policy, sink, callerOf }: Observation,
): Finish {
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
    // The body arrives outside of the request's async context.
    app.addHook('preValidation', (request, _reply, done) => request.trace.reenter(done));
  }

  const finish: Finish = (request, status) => {
    // Not `request.trace`: a request that fails before any route has no decorations.
    const trace = requestTraceOf(request.raw, policy);
    const { method } = request;
    if (!trace.end(status)) return;
    const route = routeOf(request);
    const ms = performance.now() - trace.startedAt;
    app.metrics.observeRequest(method, route, status, ms / 1000, trace.recordedId);
    if (!isLogged(accessLog, route, status)) return;
    writeLine({
      requestId: request.id,
      traceId: trace.traceId,
      spanId: trace.spanId,
      caller: callerOf?.(request),
      method,
      route,
      path: pathOf(request.url),
      status,
      ms: Math.round(ms * 100) / 100,
    });
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

/** Successful probes arrive several times a second and would bury everything else. */
function isLogged(accessLog: Observation['accessLog'], route: string, status: number): boolean {
  if (status >= 400) return accessLog !== 'none';
  return accessLog === 'all' && route !== '/health' && route !== '/ready' && route !== '/metrics';
}

/** By what a request is found again in logs and traces. */
export function placeOf(request: FastifyRequest): ErrorPlace {
  const route = `${request.method} ${routeOf(request)}`;
  return { traceId: request.trace.traceId, requestId: request.id, route };
}

/** The route template, to limit the number of label values; all addresses without one count as one. */
function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? '(none)';
}

/** Whoever knows the rest of such a path may read what it leads to: a list shared by its link. */
const bearer = '/shared/';

/** The path without the query, since what people search for is private, and without what is as good as a key. */
function pathOf(url: string): string {
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  const secret = path.indexOf(bearer);
  return secret < 0 ? path : `${path.slice(0, secret + bearer.length)}[hidden]`;
}
