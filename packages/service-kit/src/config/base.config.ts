import { z } from 'zod';
import {
  flagField,
  httpUrlField,
  millisecondsField,
  portField,
  revisionField,
} from './fields.config.ts';

const accessLog = z.enum(['all', 'faults', 'none']);

/** The variables that every service reads; extend it with `.extend({…})`. */
export const baseConfig = z.object({
  /**
   * The address to listen on. By default only this machine can connect; a container or another machine needs `0.0.0.0`
   * (or `::`).
   */
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: portField,
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /**
   * Which requests are logged: all, those answered with 4xx or 5xx, or none. The gateway logs every request under the
   * same ids, so services behind it log only faults by default.
   */
  ACCESS_LOG: accessLog.default('faults'),
  /** Base address of an OTLP/HTTP collector (`/v1/traces` is appended). Without it nothing is sent. */
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrlField.optional(),
  /** Share of the requests without a sampled parent that are traced, 0–1. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(0.1),
  /** Whether callers from this machine or a private network may have profiles recorded, at `/debug/pprof`. */
  PROFILES: flagField.default(true),
  /** Where errors that are our own fault are sent: a Sentry DSN, a secret. Without it nothing is sent. */
  SENTRY_DSN: z.url({ protocol: /^https?$/, error: 'must be a DSN' }).optional(),
  /** The name of the environment in reports of errors. */
  SENTRY_ENVIRONMENT: z.string().min(1).default('local'),
  /** Time between failing readiness and refusing connections: how long a cluster takes to stop sending requests. */
  SHUTDOWN_DELAY_MS: millisecondsField.default(0),
  /** Time after that until open connections are cut. */
  SHUTDOWN_GRACE_MS: millisecondsField.default(10_000),
  /**
   * The commit that was built. Read at run time, so that equal sources give equal bundles whatever the commit; an image
   * sets it.
   */
  GOSPELIB_REVISION: revisionField.default('unknown'),
});

export type BaseConfig = z.output<typeof baseConfig>;
