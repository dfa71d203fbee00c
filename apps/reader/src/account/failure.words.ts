import { ApiError, NetworkError, SignedOutError } from '@gospelib/client';

/** Tells a reader what went wrong and what to do. */
export function wordsOfFailure(error: unknown): string {
  if (error instanceof NetworkError) {
    return navigator.onLine
      ? 'No answer came. Nothing was changed as far as is known; try again in a moment.'
      : 'You are offline. Try again when there is a connection.';
  }
  if (error instanceof SignedOutError) return 'You are signed out. Sign in and try again.';
  if (!(error instanceof ApiError)) return 'Something unexpected happened. Try again.';
  if (error.status === 429) {
    const wait = waitWords(error.retryAfter ?? 60);
    return `That was tried too often. To keep guessers out, each further try has to wait longer. Try again ${wait}.`;
  }
  if (error.status === 401) return 'You are signed out. Sign in and try again.';
  if (error.status >= 500) {
    return 'This is not available at the moment. Nothing was changed; try again in a moment.';
  }
  return error.message;
}

/** How long to wait: `in 8 seconds`, `in about 3 minutes`. */
export function waitWords(seconds: number): string {
  if (seconds <= 1) return 'in a second';
  if (seconds < 90) return `in ${Math.ceil(seconds)} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `in about ${minutes} minutes` : `in about ${Math.ceil(minutes / 60)} hours`;
}
