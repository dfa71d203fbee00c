/** Sends errors that are our own fault to Sentry, or to what speaks its protocol. */
export interface ErrorReporter {
  /** @param about ids by which the log lines and the trace are found, and the route's template */
  report(error: unknown, about: ErrorPlace): void;
  /** Sends what waits. */
  close(): Promise<void>;
}

export interface ErrorPlace {
  traceId?: string;
  requestId?: string;
  route?: string;
}
