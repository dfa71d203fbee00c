/** All limits on what a client may send and how long it may take, for all services. */
export interface HttpLimits {
  /** Bytes of a request's body. */
  bodyBytes: number;
  /** Bytes of a request's line and headers together. */
  headerBytes: number;
  /** Characters of the request's address. */
  urlLength: number;
  /** Characters of one path parameter (decoded). */
  paramLength: number;
  /** Timeout for the headers to arrive, ms. */
  headersTimeoutMs: number;
  /** Timeout for the whole request to arrive, ms. */
  requestTimeoutMs: number;
  /** Timeout without a byte in either direction during a request, ms: for callers that do not read. */
  silenceTimeoutMs: number;
  /**
   * When an idle kept-alive connection is closed, ms. Longer than the gateway's own, so that the gateway closes first.
   */
  keepAliveTimeoutMs: number;
}

export const httpLimits: HttpLimits = {
  bodyBytes: 64 * 1024,
  headerBytes: 16 * 1024,
  urlLength: 4096,
  paramLength: 512,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 20_000,
  silenceTimeoutMs: 120_000,
  keepAliveTimeoutMs: 65_000,
};
