import type { Problem } from '@gospelib/contracts';
import { type ProblemCode, problems } from './problem.registry.ts';

/** Optional parts of a problem. */
export interface ProblemExtras {
  /** One entry for each fault of the input. */
  errors?: Problem['errors'];
  /** The possible meanings of an ambiguous reference. */
  candidates?: Problem['candidates'];
  /** Further members of the body (RFC 9457 §3.2), described by the route's contract. */
  members?: Readonly<Record<string, unknown>>;
  /** Seconds until a retry makes sense: becomes the Retry-After header. */
  retryAfter?: number;
  /** Further response headers, e.g. `allow`. */
  headers?: Readonly<Record<string, string>>;
  /** The underlying error: logged, never sent. */
  cause?: unknown;
}

/** Throw it anywhere below a handler: it becomes an `application/problem+json` answer. `detail` is sent unchanged. */
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
