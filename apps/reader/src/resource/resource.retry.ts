import { ApiError, NetworkError } from '@gospelib/client';

const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 30_000;

/** Whether the same request may succeed a little later. */
export function isPassing(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  return error instanceof ApiError && (error.status >= 500 || error.status === 429);
}

/**
 * Milliseconds until the next attempt: doubles each time up to half a minute, or what the server asks for.
 * @param failures number of consecutive failures, from 1
 */
export function retryDelay(error: unknown, failures: number): number {
  const asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1_000 : 0;
  const doubled = FIRST_DELAY * 2 ** Math.min(failures - 1, 10);
  return Math.min(Math.max(asked, doubled), LONGEST_DELAY);
}
