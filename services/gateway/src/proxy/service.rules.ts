/** The services behind the gateway. */
export type ServiceName = 'content' | 'accounts' | 'study' | 'reader';

/** What passes between a caller and one service beside what passes between everybody. */
export interface ServiceRules {
  /** Of the caller's headers. */
  requestHeaders: readonly string[];
  /** Whether its cookies reach the caller; nobody else has any to set. */
  setsCookies: boolean;
  /**
   * Whether writers send its ETags back in If-Match, which takes strong ones only: what carries one is then passed on
   * as it is, for compression would make it a weak one (RFC 9110 §8.8.1, §13.1.1).
   */
  etagsGuardWrites: boolean;
  /** The challenge of a 401 of its that came without one (RFC 9110 §11.6.1 wants one). */
  challenge?: string;
}

const plain: ServiceRules = { requestHeaders: [], setsCookies: false, etagsGuardWrites: false };

/** No registered scheme is a cookie; browsers and programs pass over those that they do not know. */
export const sessionChallenge = 'Cookie realm="gospelib"';

export const serviceRules: Readonly<Record<ServiceName, ServiceRules>> = {
  content: plain,
  reader: plain,
  accounts: {
    // The session, and what tells a page of ours from another site's.
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
