import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ErrorReporter } from '../errors/error.types.ts';
import type { Readiness } from '../health/readiness.ts';
import type { UnroutedRequests } from '../http/unrouted.requests.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { RequestTrace } from '../tracing/request.trace.ts';
import type { BuildInfo } from './build.info.ts';

/** Which program this is; the version is that of its package.json. */
export interface ServiceIdentity {
  /** Short, e.g. `content`. */
  name: string;
  version: string;
}

/** A Fastify app made by `createService`: zod schemas give the types of requests and replies. */
export type Service = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

declare module 'fastify' {
  interface FastifyInstance {
    build: BuildInfo;
    readiness: Readiness;
    metrics: Metrics;
    unrouted: UnroutedRequests;
    /** Undefined without an address. */
    errors: ErrorReporter | undefined;
  }
  interface FastifyRequest {
    trace: RequestTrace;
    /** The caller's address, as far as proxies in front are trusted; never anything but an address. */
    clientAddress: string;
    /** What the caller's subscriber has all of, see `subscriberOf`. */
    subscriber: string;
  }
}
