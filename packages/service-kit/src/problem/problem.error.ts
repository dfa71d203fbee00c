import type { Problem } from '@gospelib/contracts';
import { type ProblemCode, problems } from './problem.registry.ts';

/** What a problem may carry beside its detail. */
export interface ProblemExtras {
  /** The faults of the input, one each. */
  errors?: Problem['errors'];
  /** What an ambiguous reference could mean. */
  candidates?: Problem['candidates'];
  /** Further members of the body (RFC 9457 §3.2), described by the route's contract. */
  members?: Readonly<Record<string, unknown>>;
  /** Seconds after which to try again: becomes the Retry-After header. */
  retryAfter?: number;
  /** Further response headers, e.g. `allow`. */
  headers?: Readonly<Record<string, string>>;
  /** What lies behind it: logged, never sent. */
  cause?: unknown;
}

/** Throw it anywhere below a handler: it becomes an `application/problem+json` answer. `detail` is sent as is. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly statusCode: number;
  readonly detail: string | undefined;
  readonly extras: ProblemExtras;

  constructor(code: ProblemCode, detail?: string, extras: ProblemExtras = {}) {
    super(detail ?? problems[code].title, { cause: extras.cause });
    this.name = 'ProblemError';
    this.code = code;
    this.statusCode = problems[code].status;
    this.detail = detail;
    this.extras = extras;
  }
}

/** The body on the wire (RFC 9457). */
export function problemBody(error: ProblemError, requestId?: string): Problem {
  const { status, title } = problems[error.code];
  return {
    ...error.extras.members,
    type: `/problems/${error.code}`,
    title,
    status,
    ...(error.detail !== undefined && { detail: error.detail }),
    ...(requestId !== undefined && { requestId }),
    ...(error.extras.errors && { errors: error.extras.errors }),
    ...(error.extras.candidates && { candidates: error.extras.candidates }),
  };
}
