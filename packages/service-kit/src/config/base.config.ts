import { z } from 'zod';
import { httpUrlField, millisecondsField, portField } from './fields.config.ts';

const accessLog = z.enum(['all', 'faults', 'none']);

/** What every service reads from its environment; extend it with `.extend({…})`. */
export const baseConfig = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: portField,
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /**
   * Which requests get an access line: every one, those answered with 4xx/5xx, or none. Behind the gateway, which
   * writes one for each under the same ids, only faults by default.
   */
  ACCESS_LOG: accessLog.default('faults'),
  /** Base address of an OTLP/HTTP collector (`/v1/traces` is appended). Unset: nothing is sent. */
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrlField.optional(),
  /** Share of the requests without a sampled parent that are traced, 0–1. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(0.1),
  /** Time between failing readiness and refusing connections; the endpoints' propagation time in a cluster. */
  SHUTDOWN_DELAY_MS: millisecondsField.default(0),
  /** The longest a shutdown may take after that before open connections are cut. */
  SHUTDOWN_GRACE_MS: millisecondsField.default(10_000),
  SERVICE_VERSION: z.string().default('dev'),
});

export type BaseConfig = z.output<typeof baseConfig>;
