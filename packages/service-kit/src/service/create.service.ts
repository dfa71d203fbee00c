import type { SpanExporter } from '@opentelemetry/sdk-trace';
import Fastify, { type FastifyRequest, LogController } from 'fastify';
import {
  createSerializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { DestinationStream } from 'pino';
import type { BaseConfig } from '../config/base.config.ts';
import { openErrorReporter } from '../errors/error.reporter.ts';
import { healthRoutes } from '../health/health.routes.ts';
import { Readiness, type ReadinessCheck } from '../health/readiness.ts';
import { AllowedMethods } from '../http/allowed.methods.ts';
import { clientAddress, proxies } from '../http/client.address.ts';
import { clientErrors } from '../http/client.error.ts';
import { type HttpLimits, httpLimits } from '../http/http.limits.ts';
import { isPrivateCaller } from '../http/private.caller.ts';
import { decorateAddresses } from '../http/request.address.ts';
import { requestIdOf } from '../http/request.id.ts';
import { UnroutedRequests } from '../http/unrouted.requests.ts';
import { normalizeUrl } from '../http/url.normal.ts';
import { createAccessLog, createLog } from '../log/log.ts';
import { Metrics } from '../metrics/metrics.ts';
import { type OpenApiOptions, serveOpenApi } from '../openapi/openapi.ts';
import { answerProblems, type MethodsOf } from '../problem/problem.handlers.ts';
import { sendProblem } from '../problem/problem.reply.ts';
import { toProblem } from '../problem/problem.translate.ts';
import { profileRoutes } from '../profiles/profile.routes.ts';
import { openSpanSink, otlpExporter, spanOutcomes } from '../tracing/tracer.provider.ts';
import type { BuildInfo } from './build.info.ts';
import { observeRequests, placeOf, requestTraceOf } from './observe.requests.ts';
import type { Service, ServiceIdentity } from './service.types.ts';

export interface ServiceOptions extends ServiceIdentity {
  config: BaseConfig;
  /** The checks that must pass for `GET /ready` to be 200, by name. Add more with `app.readiness.add`. */
  checks?: Readonly<Record<string, ReadinessCheck>>;
  /** Serve the OpenAPI description generated from the routes' zod schemas. */
  openapi?: OpenApiOptions;
  /** True for the one service that is reached from outside: it ignores the caller's request id and sampling. */
  edge?: boolean;
  limits?: Partial<HttpLimits>;
  /** Addresses and networks whose X-Forwarded-* headers are trusted, or how many proxies are in front; none by default. */
  trustProxy?: readonly string[] | number;
  /** Narrows the methods of an address (path normalised) for a 405, where this service's own routes do not tell them. */
  methodsOf?: (url: string, known: readonly string[]) => Promise<readonly string[]>;
  /** Check each reply against its zod schema and answer 500 otherwise: for tests, too slow for production. */
  validateReplies?: boolean;
  /** What a request's log line says of its caller beside ids. */
  callerOf?: (request: FastifyRequest) => string | undefined;
  /** Who may read `GET /metrics`. Everyone by default, since only the gateway is reached from outside. */
  metricsFor?: (request: FastifyRequest) => boolean;
  /** For tests: where log lines and spans go. */
  logStream?: DestinationStream;
  spanExporter?: SpanExporter;
}

/** How often Node looks for requests that take too long to arrive, ms. */
const timeoutsCheckedEvery = 5000;

/**
 * Builds the app that every service starts from; it does not listen. Register routes on it, then pass it to
 * `runService`.
 */
export async function createService(options: ServiceOptions): Promise<Service> {
  const { name, version, config, edge = false } = options;
  const limits = { ...httpLimits, ...options.limits };
  const build: BuildInfo = { service: name, version, revision: config.GOSPELIB_REVISION };
  const exporter =
    options.spanExporter ??
    (config.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
      ? undefined
      : otlpExporter(config.OTEL_EXPORTER_OTLP_ENDPOINT));
  const { trustProxy = [] } = options;
  const trusted = proxies(trustProxy);
  const allowed = new AllowedMethods();
  const methodsOf: MethodsOf = async (url) => {
    const known = allowed.of(url);
    return known.length > 0 && options.methodsOf ? options.methodsOf(url, known) : known;
  };
  const unrouted = new UnroutedRequests();
  const metrics = new Metrics(build, exporter !== undefined);
  const sink =
    exporter &&
    openSpanSink({
      service: name,
      version,
      exporter,
      count: metrics.counterBy(
        'gospelib_telemetry_spans_total',
        'Spans sent to the collector, refused by it, or dropped because too many waited.',
        'outcome',
        spanOutcomes,
      ),
    });
  const unparsed = clientErrors({
    unrouted,
    isProxy: (address) => trusted(address, 0),
    methodsOf: (url) => methodsOf(normalizeUrl(url)),
    onAnswer: (status) => metrics.observeRequest('(none)', '(none)', status, 0),
  });
  const policy = { ratio: config.OTEL_TRACES_SAMPLER_ARG, followCaller: !edge };

  const logOptions = { level: config.LOG_LEVEL, build, stream: options.logStream };
  const app = Fastify({
    loggerInstance: createLog(logOptions),
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    // No route has a level or serializers of its own, and pino is quicker without options.
    childLoggerFactory: (log, { requestId }, _options, raw) =>
      log.child({ requestId, traceId: requestTraceOf(raw, policy).traceId }),
    trustProxy: typeof trustProxy === 'number' || trustProxy.length > 0 ? trusted : false,
    rewriteUrl: (raw) => normalizeUrl(raw.url ?? '/'),
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
    // While draining, requests that still arrive on an open connection are answered before it closes.
    return503OnClosing: false,
    clientErrorHandler: unparsed.answer,
    // Errors before any route or hook: a broken percent-encoding, an endless parameter.
    frameworkErrors: (error, request, reply) => {
      const address = clientAddress(request.raw, trusted);
      for (let i = 0; i < unrouted.headers.length; i += 2) {
        reply.header(unrouted.headers[i] ?? '', unrouted.headers[i + 1]);
      }
      sendProblem(unrouted.judge(toProblem(error), address), request, reply);
      finish(request, reply.statusCode);
    },
  }).withTypeProvider<ZodTypeProvider>();
  app.server.on('checkExpectation', unparsed.refuseExpectation);

  const readiness = new Readiness();
  for (const [check, run] of Object.entries(options.checks ?? {})) readiness.add(check, run);
  app.decorate('readiness', readiness);
  app.decorate('build', build);
  app.decorate('metrics', metrics);
  app.decorate('unrouted', unrouted);
  decorateAddresses(app, trusted);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(
    options.validateReplies ? createSerializerCompiler() : () => JSON.stringify,
  );
  const finish = observeRequests(app, {
    accessLog: config.ACCESS_LOG,
    writeLine: createAccessLog(logOptions),
    policy,
    sink,
    callerOf: options.callerOf,
  });
  app.addHook('onRoute', (route) => allowed.add(route.method, route.url));
  const errors =
    config.SENTRY_DSN === undefined
      ? undefined
      : await openErrorReporter(config.SENTRY_DSN, build, config.SENTRY_ENVIRONMENT);
  app.decorate('errors', errors);
  answerProblems(app, {
    limits,
    methodsOf,
    onFault: errors && ((fault, request) => errors.report(fault, placeOf(request))),
  });
  if (options.openapi) await serveOpenApi(app, { ...options.openapi, version });
  healthRoutes(app, options.metricsFor);
  if (config.PROFILES) profileRoutes(app, isPrivateCaller);
  if (sink) app.addHook('onClose', () => sink.shutdown());
  if (errors) app.addHook('onClose', () => errors.close());
  return app;
}
