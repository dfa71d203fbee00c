import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { BuildInfo } from '../service/build.info.ts';

/**
 * The metrics of one service, in Prometheus' text format at `GET /metrics`. Names and labels are OpenTelemetry's semantic
 * conventions with `_` for `.` where there is one: https://opentelemetry.io/docs/specs/semconv/
 */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Histogram<'http_request_method' | 'http_route' | 'http_response_status_code'>;
  readonly #queries: Histogram<'db_system_name' | 'db_query_summary' | 'outcome'>;
  readonly #routes: Gauge<'http_request_method' | 'http_route'>;

  constructor({ service, version, revision }: BuildInfo) {
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
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [this.registry],
    });
    this.#queries = new Histogram({
      name: 'db_client_operation_duration_seconds',
      help: 'Queries to stores by their name.',
      labelNames: ['db_system_name', 'db_query_summary', 'outcome'],
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

  observeRequest(method: string, route: string, status: number, seconds: number): void {
    this.#requests.observe(
      { http_request_method: method, http_route: route, http_response_status_code: status },
      seconds,
    );
  }

  /** `query` comes from the code, never from input. */
  observeQuery(store: string, query: string, outcome: 'ok' | 'error', seconds: number): void {
    this.#queries.observe({ db_system_name: store, db_query_summary: query, outcome }, seconds);
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
