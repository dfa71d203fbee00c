import type { Problem } from '@gospelib/contracts';

/** The API answered with an error; `problem` describes it (RFC 9457). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly problem: Problem;
  /** Seconds until a retry makes sense, if the server says so. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail ?? problem.title);
    this.status = problem.status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** No usable answer arrived: no connection, a broken connection, or a body that is not what it claims to be. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';

  constructor(message: string, cause: unknown) {
    super(message, { cause });
  }
}

/** Nothing was sent: nobody is signed in any more, or not the reader for whom the call began. */
export class SignedOutError extends Error {
  override readonly name = 'SignedOutError';

  constructor() {
    super('You are signed out.');
  }
}
