import { reportReached, reportSavedCopy } from '../offline/offline.store.ts';
import { SAVED_HEADER } from '../service-worker/saved.header.ts';

/** Longer than any usual answer takes; shorter than a reader's patience. */
export const USUAL_LIMIT = 15_000;

/**
 * Fetches like the browser does, with a limit of time, and notices copies that the service worker had saved.
 * @param limit milliseconds until the answer is there as a whole
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
