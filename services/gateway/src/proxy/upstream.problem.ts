import { ProblemError } from '@gospelib/service-kit';

const unreachable: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const tooSlow: ReadonlySet<string> = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

const broken: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'HPE_INVALID_EOF_STATE',
  'UND_ERR_SOCKET',
]);

/** True when the connection ended before any answer: it was kept alive and has just been closed. */
export function connectionBroke(error: Error): boolean {
  return broken.has(codeOf(error));
}

/** The problem for a failure of the service, or of the caller's own body, before the answer began. */
export function upstreamProblem(name: string, error: Error): ProblemError {
  if (error instanceof ProblemError) return error;
  const code = codeOf(error);
  if (unreachable.has(code)) {
    const detail = `The ${name} service cannot be reached.`;
    return new ProblemError('unavailable', detail, { retryAfter: 2, cause: error });
  }
  if (tooSlow.has(code)) {
    const detail = `The ${name} service did not answer in time.`;
    return new ProblemError('gateway-timeout', detail, { retryAfter: 5, cause: error });
  }
  if (broken.has(code)) {
    const detail = `The ${name} service broke the connection off. Whether it did what was asked is unknown: send the same request again, with the same Idempotency-Key where it had one.`;
    return new ProblemError('unavailable', detail, { retryAfter: 1, cause: error });
  }
  // The HTTP client refused it before sending anything: the caller's request cannot be forwarded.
  if (code === 'UND_ERR_INVALID_ARG') return new ProblemError('bad-request', undefined);
  const detail = `The ${name} service gave no valid answer.`;
  return new ProblemError('bad-gateway', detail, { retryAfter: 1, cause: error });
}

export function overloaded(name: string): ProblemError {
  const detail = `The ${name} service has too much to do.`;
  return new ProblemError('unavailable', detail, { retryAfter: 1 });
}

/** The problem for a service that this installation does not have. */
export function absent(name: string): ProblemError {
  return new ProblemError('unavailable', `There is no ${name} service here.`);
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
