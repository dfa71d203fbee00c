/** The services behind the gateway. */
export type ServiceName = 'content' | 'accounts' | 'study' | 'reader';

/** What a caller and one service may exchange in addition to what all services may. */
export interface ServiceRules {
  /** Headers of the caller. */
  requestHeaders: readonly string[];
  /** Whether it may set cookies; no other service may. */
  setsCookies: boolean;
  /**
   * Whether writers send its ETags back in If-Match, which needs strong ones: answers with such an ETag are passed on
   * uncompressed, since compression would make it weak (RFC 9110 §8.8.1, §13.1.1).
   */
  etagsGuardWrites: boolean;
  /** The challenge added to its 401 answers that lack one, which RFC 9110 §11.6.1 requires. */
  challenge?: string;
}

const plain: ServiceRules = { requestHeaders: [], setsCookies: false, etagsGuardWrites: false };

/** No registered scheme means a cookie; clients skip schemes that they do not know. */
export const sessionChallenge = 'Cookie realm="gospelib"';

export const serviceRules: Readonly<Record<ServiceName, ServiceRules>> = {
  content: plain,
  reader: plain,
  accounts: {
    // The session cookie, and the headers that tell our own pages from other sites.
    requestHeaders: ['cookie', 'origin', 'referer', 'sec-fetch-site'],
    setsCookies: true,
    etagsGuardWrites: false,
    challenge: sessionChallenge,
  },
  study: {
    requestHeaders: ['authorization', 'idempotency-key', 'if-match'],
    setsCookies: false,
    etagsGuardWrites: true,
  },
};
