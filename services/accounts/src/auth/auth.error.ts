import { isStoreUnavailable } from '@gospelib/database';
import { ProblemError } from '@gospelib/service-kit';
import { isAPIError } from 'better-auth/api';
import { SigningError } from '../key/signing.error.ts';

/** A first key is made within this time, in seconds; it may also need an operator. */
const signingTriedEvery = 5;

/** The part of better-auth's errors that is used here. */
export interface AuthFault {
  status: number;
  code: string;
  message: string;
}

/** The fault in an error of better-auth; undefined for any other error. */
export function authFaultOf(error: unknown): AuthFault | undefined {
  if (!isAPIError(error)) return undefined;
  const { body, statusCode, message } = error;
  return {
    status: statusCode,
    code: typeof body?.code === 'string' ? body.code : '',
    message: typeof body?.message === 'string' ? body.message : message,
  };
}

/** Turns an error into the problem to answer with; an unknown error stays as it is and becomes `internal`. */
export function asProblem(error: unknown): unknown {
  if (error instanceof ProblemError) return error;
  const causes = causesOf(error);
  if (causes.some(isStoreUnavailable)) {
    return new ProblemError('store-unavailable', undefined, { retryAfter: 1, cause: error });
  }
  if (causes.some((cause) => cause instanceof SigningError)) {
    const detail = 'No tokens can be signed right now.';
    return new ProblemError('unavailable', detail, { retryAfter: signingTriedEvery, cause: error });
  }
  const fault = authFaultOf(error);
  if (fault === undefined || fault.status >= 500) return error;
  if (fault.status === 401) return new ProblemError('unauthenticated', 'Sign in first.');
  if (fault.status === 403) return new ProblemError('forbidden', fault.message);
  return new ProblemError('bad-request', fault.message, { cause: error });
}

/** An error and its causes: better-auth wraps what its store threw. */
function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let at = error; at instanceof Error && causes.length < 5; at = at.cause) causes.push(at);
  return causes;
}
