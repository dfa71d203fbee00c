/** Where the signals of a job go; what has no address is not made. */
export interface SignalAddresses {
  /** Base address of an OTLP/HTTP collector. */
  traces: string | undefined;
  /** Of a Pushgateway, which keeps what a job said after its process is gone. */
  metrics: string | undefined;
  /** Of Pyroscope, or of an agent that takes profiles for it. */
  profiles: string | undefined;
}

/** As the environment has them; an empty variable counts as not set, and `PROFILES=false` switches profiles off. */
export function signalAddresses(
  env: Readonly<Record<string, string | undefined>>,
): SignalAddresses {
  return {
    traces: env.OTEL_EXPORTER_OTLP_ENDPOINT || undefined,
    metrics: env.PUSHGATEWAY_URL || undefined,
    profiles: env.PROFILES === 'false' ? undefined : env.PYROSCOPE_SERVER_ADDRESS || undefined,
  };
}
