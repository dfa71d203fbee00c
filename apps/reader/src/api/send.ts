import { reportReached, reportSavedCopy } from '../offline/offline.store.ts';
import { SAVED_HEADER } from '../service-worker/saved.header.ts';

/** Timeout of usual requests, ms: longer than normal answers take, but bearable for a reader. */
export const USUAL_LIMIT = 15_000;

/**
 * Like `fetch`, with a timeout; notices answers that the service worker had saved.
 * @param limit milliseconds until the whole answer must be there
 */
export function sendWithin(limit: number): typeof fetch {
  return async (input, init = {}) => {
    const timeout = AbortSignal.timeout(limit);
    const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    const response = await fetch(input, { ...init, signal });
    if (response.headers.has(SAVED_HEADER)) reportSavedCopy();
    else if (response.ok) reportReached();
    return response;
  };
}
