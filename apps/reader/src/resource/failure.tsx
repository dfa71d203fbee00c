import { ApiError, NetworkError } from '@gospelib/client';
import type { ReactNode } from 'react';

type FailureProps = {
  readonly error: unknown;
  readonly retrying: boolean;
  readonly onRetry: () => void;
};

/** Explains an error to the reader, and offers what to do. */
export function Failure({ error, retrying, onRetry }: FailureProps): ReactNode {
  return (
    <div className="notice" role="alert">
      <h2>{title(error)}</h2>
      <p>
        {detail(error)}
        {retrying ? ' It is tried again by itself.' : ''}
      </p>
      <p>
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      </p>
    </div>
  );
}

function title(error: unknown): string {
  if (error instanceof NetworkError) {
    return navigator.onLine ? 'The library does not answer' : 'You are offline';
  }
  if (error instanceof ApiError && error.status === 429) return 'A little too fast';
  if (error instanceof ApiError && error.status < 500) return 'The library has no such page';
  return 'The library is resting';
}

function detail(error: unknown): string {
  if (error instanceof NetworkError) {
    return navigator.onLine
      ? 'No answer arrived from the library.'
      : 'This page has not been read on this device yet, so there is no copy of it here.';
  }
  if (error instanceof ApiError) {
    return error.status < 500
      ? error.message
      : 'What keeps the texts is not available at the moment.';
  }
  return 'Something unexpected happened.';
}
