import { trace } from '@opentelemetry/api';
import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type OpenMetricsContentType,
  Registry,
} from 'prom-client';
import type { BuildInfo } from '../service/build.info.ts';

export type MetricsRegistry = Registry<OpenMetricsContentType>;

/**
 * The metrics of one service, in the OpenMetrics format at `GET /metrics`, which has room for exemplars. Names and labels are OpenTelemetry's semantic
 * conventions with `_` for `.` where there is one: https://opentelemetry.io/docs/specs/semconv/
 */
export class Metrics {
  readonly registry: MetricsRegistry = new Registry<OpenMetricsContentType>();
  readonly #exemplars: boolean;
  readonly #requests: Histogram<'http_request_method' | 'http_route' | 'http_response_status_code'>;
  readonly #queries: Histogram<'db_system_name' | 'db_query_summary' | 'outcome'>;
  readonly #routes: Gauge<'http_request_method' | 'http_route'>;

  /** @param exemplars whether buckets name the trace that was last counted in them */
  constructor({ service, version, revision }: BuildInfo, exemplars = false) {
    this.#exemplars = exemplars;
    this.registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'gospelib_build_info',
      help: 'Which build runs: 1.',
      labelNames: ['version', 'revision'],
      registers: [this.registry],
    }).set({ version, revision }, 1);
    this.#requests = new Histogram({
      name: 'http_server_request_duration_seconds',
      help: 'Requests by route template and status; their count is the rate.',
      labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
      enableExemplars: exemplars,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [this.registry],
    });
    this.#queries = new Histogram({
      name: 'db_client_operation_duration_seconds',
      help: 'Queries to stores by their name.',
      labelNames: ['db_system_name', 'db_query_summary', 'outcome'],
      enableExemplars: exemplars,
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
      registers: [this.registry],
    });
    this.#routes = new Gauge({
      name: 'gospelib_http_route_info',
      help: 'Every registered route, requested or not: 1.',
      labelNames: ['http_request_method', 'http_route'],
      registers: [this.registry],
    });
  }

  /** Lists a route even before its first request: the check of open routes needs all of them. */
  addRoute(method: string, route: string): void {
    this.#routes.set({ http_request_method: method, http_route: route }, 1);
  }

  /** @param traceId of a request whose trace is sent */
  observeRequest(
    method: string,
    route: string,
    status: number,
    seconds: number,
    traceId?: string,
  ): void {
    const labels = {
      http_request_method: method,
      http_route: route,
      http_response_status_code: status,
    };
    if (this.#exemplars) this.#requests.observe(exemplar(labels, seconds, traceId));
    else this.#requests.observe(labels, seconds);
  }

  /** `query` comes from the code, never from input. */
  observeQuery(store: string, query: string, outcome: 'ok' | 'error', seconds: number): void {
    const labels = { db_system_name: store, db_query_summary: query, outcome };
    if (!this.#exemplars) {
      this.#queries.observe(labels, seconds);
      return;
    }
    const span = trace.getActiveSpan();
    const traceId = span?.isRecording() ? span.spanContext().traceId : undefined;
    this.#queries.observe(exemplar(labels, seconds, traceId));
  }

  /** A counter of the service's own. */
  counter(name: string, help: string): (by?: number) => void {
    const counter = new Counter({ name, help, registers: [this.registry] });
    return (by = 1) => counter.inc(by);
  }

  /** As `counter`, with one label: every value is there from the start, so that the first count is an increase. */
  counterBy<V extends string>(
    name: string,
    help: string,
    label: string,
    values: readonly V[],
  ): (value: V, by?: number) => void {
    const counter = new Counter({ name, help, labelNames: [label], registers: [this.registry] });
    for (const value of values) counter.inc({ [label]: value }, 0);
    return (value, by = 1) => counter.inc({ [label]: value }, by);
  }

  /** A gauge of the service's own, read when the metrics are. */
  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }

  /** As `gauge`, with one label: one number for each value that `read` returns. */
  gaugeBy(
    name: string,
    help: string,
    label: string,
    read: () => Readonly<Record<string, number>>,
  ): void {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [value, number] of Object.entries(read())) this.set({ [label]: value }, number);
      },
    });
  }
}

function exemplar<L>(
  labels: L,
  value: number,
  traceId: string | undefined,
): { labels: L; value: number; exemplarLabels: Record<string, string> } {
  return { labels, value, exemplarLabels: traceId === undefined ? {} : { trace_id: traceId } };
}
