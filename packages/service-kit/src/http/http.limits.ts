/** Every bound on what a client may send and how long it may take; one place for all services. */
export interface HttpLimits {
  /** Bytes of a request's body. */
  bodyBytes: number;
  /** Bytes of a request's line and headers together. */
  headerBytes: number;
  /** Characters of the request's address. */
  urlLength: number;
  /** Characters of one path parameter (decoded). */
  paramLength: number;
  /** For the headers to arrive, ms. */
  headersTimeoutMs: number;
  /** For the whole request to arrive, ms. */
  requestTimeoutMs: number;
  /** Without a byte in either direction during a request, ms: for callers that do not read. */
  silenceTimeoutMs: number;
  /** An idle kept-alive connection is closed after, ms. Longer than the gateway's own, so that the gateway closes first. */
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
