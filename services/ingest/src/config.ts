import { z } from 'zod';

const address = z.url({
  protocol: /^rediss?$/,
  error: 'must be an address such as redis://127.0.0.1:6379',
});

const httpAddress = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' });

const schema = z.object({
  /** Address of the store that holds the graph; a dry run needs none. */
  FALKORDB_URL: address.optional(),
  /** Base address of an OTLP/HTTP collector, which gets the trace of the run. */
  OTEL_EXPORTER_OTLP_ENDPOINT: httpAddress.optional(),
  /** A Pushgateway, which keeps how the run ended. */
  PUSHGATEWAY_URL: httpAddress.optional(),
  /** Where the profile of the run goes. */
  PYROSCOPE_SERVER_ADDRESS: httpAddress.optional(),
  PROFILES: z.enum(['true', 'false']).optional(),
  /** A SWORD folder for the full edition. */
  GOSPELIB_SWORD: z.string().optional(),
});

export type IngestConfig = z.output<typeof schema>;

/** A setting that cannot be used; names settings, never their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the environment; an empty variable counts as not set. @throws ConfigError naming every fault */
export function readConfig(env: Readonly<Record<string, string | undefined>>): IngestConfig {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = schema.safeParse(set);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new ConfigError(faults.join('; '));
}
