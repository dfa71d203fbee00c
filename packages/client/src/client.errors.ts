import type { Problem } from '@gospelib/contracts';

/** The API answered with an error; `problem` says what was wrong in RFC 9457's terms. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly problem: Problem;
  /** Seconds after which the server asks to be tried again, where it says so. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail ?? problem.title);
    this.status = problem.status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** No usable answer arrived: no connection, a connection cut off, or a body that is not what it claims. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';

  constructor(message: string, cause: unknown) {
    super(message, { cause });
  }
}

/** Nothing was sent: nobody is signed in any more, or another reader than when the call began. */
export class SignedOutError extends Error {
  override readonly name = 'SignedOutError';

  constructor() {
    super('You are signed out.');
  }
}
