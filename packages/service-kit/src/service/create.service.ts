import type { SpanExporter } from '@opentelemetry/sdk-trace';
import Fastify, { type FastifyRequest, LogController } from 'fastify';
import {
  createSerializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { DestinationStream } from 'pino';
import type { BaseConfig } from '../config/base.config.ts';
import { healthRoutes } from '../health/health.routes.ts';
import { Readiness, type ReadinessCheck } from '../health/readiness.ts';
import { answerClientError, refuseExpectation } from '../http/client.error.ts';
import { type HttpLimits, httpLimits } from '../http/http.limits.ts';
import { requestIdOf } from '../http/request.id.ts';
import { createLog } from '../log/log.ts';
import { Metrics } from '../metrics/metrics.ts';
import { type OpenApiOptions, serveOpenApi } from '../openapi/openapi.ts';
import { answerProblems } from '../problem/problem.handlers.ts';
import { sendProblem } from '../problem/problem.reply.ts';
import { openSpanSink, otlpExporter } from '../tracing/tracer.provider.ts';
import { observeRequests, requestTraceOf } from './observe.requests.ts';
import type { Service } from './service.types.ts';

export interface ServiceOptions {
  /** Short name, e.g. `content`: in every log line, metric and span. */
  name: string;
  config: BaseConfig;
  /** What must answer for `GET /ready` to be 200, by name. More with `app.readiness.add`. */
  checks?: Readonly<Record<string, ReadinessCheck>>;
  /** Serve the OpenAPI description made from the routes' zod schemas. */
  openapi?: OpenApiOptions;
  /** True for the one service that faces the world: the caller's request id and sampling are then not followed. */
  edge?: boolean;
  limits?: Partial<HttpLimits>;
  /** Addresses and networks whose X-Forwarded-* headers are believed; none when not given. */
  trustProxy?: readonly string[];
  /** Check each reply against its zod schema (throws 500): for tests; too slow to serve with. */
  validateReplies?: boolean;
  /** Who may read `GET /metrics`; everyone when not given, for only the gateway faces the world. */
  metricsFor?: (request: FastifyRequest) => boolean;
  /** For tests: where log lines and spans go. */
  logStream?: DestinationStream;
  spanExporter?: SpanExporter;
}

/** Node looks for requests that take too long to arrive so often, ms. */
const timeoutsCheckedEvery = 5000;

/** Builds the app that every service starts from; it does not listen. Register routes on it, then hand it to `runService`. */
export async function createService(options: ServiceOptions): Promise<Service> {
  const { name, config, edge = false } = options;
  const limits = { ...httpLimits, ...options.limits };
  const version = config.SERVICE_VERSION;
  const exporter =
    options.spanExporter ??
    (config.OTEL_EXPORTER_OTLP_ENDPOINT && otlpExporter(config.OTEL_EXPORTER_OTLP_ENDPOINT));
  const sink = exporter ? openSpanSink({ service: name, version, exporter }) : undefined;
  const policy = { ratio: config.OTEL_TRACES_SAMPLER_ARG, followCaller: !edge };

  const app = Fastify({
    loggerInstance: createLog({
      level: config.LOG_LEVEL,
      service: name,
      version,
      stream: options.logStream,
    }),
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    childLoggerFactory: (log, bindings, childOptions, raw) =>
      log.child({ ...bindings, traceId: requestTraceOf(raw, policy).traceId }, childOptions),
    trustProxy: options.trustProxy?.length ? [...options.trustProxy] : false,
    genReqId: (raw) => requestIdOf(raw, !edge),
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    connectionTimeout: limits.silenceTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    routerOptions: { maxParamLength: limits.paramLength },
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeoutMs,
      connectionsCheckingInterval: Math.min(limits.headersTimeoutMs, timeoutsCheckedEvery),
      requireHostHeader: false,
    },
    forceCloseConnections: 'idle',
    // While draining, what still arrives on an open connection is answered; only then the connection closes.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    // Before any route, so before any hook: a broken percent-encoding, an endless parameter.
    frameworkErrors: (error, request, reply) => {
      sendProblem(error, request, reply);
      finish(request, reply.statusCode);
    },
  }).withTypeProvider<ZodTypeProvider>();
  app.server.on('checkExpectation', refuseExpectation);

  const readiness = new Readiness();
  for (const [check, run] of Object.entries(options.checks ?? {})) readiness.add(check, run);
  app.decorate('readiness', readiness);
  app.decorate('metrics', new Metrics(name));
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(
    options.validateReplies ? createSerializerCompiler() : () => JSON.stringify,
  );
  const finish = observeRequests(app, { accessLog: config.ACCESS_LOG, policy, sink });
  answerProblems(app, limits);
  if (options.openapi) await serveOpenApi(app, options.openapi);
  healthRoutes(app, options.metricsFor);
  if (sink) app.addHook('onClose', () => sink.shutdown());
  return app;
}
