import type { FastifyError } from 'fastify';
import { ProblemError } from './problem.error.ts';
import { problemCodeOfStatus } from './problem.registry.ts';

/** Fastify's name for the part of a request → the name that callers know. */
const places: Readonly<Record<string, string>> = {
  querystring: 'query',
  params: 'path',
  body: 'body',
  headers: 'headers',
};

const longestMessage = 300;

/**
 * Turns any error into a problem. An error that is not known to be the caller's fault is `internal`, without detail.
 */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (!(error instanceof Error)) return new ProblemError('internal', undefined, { cause: error });
  const { validation, validationContext, statusCode, code } = error as Partial<FastifyError>;
  if (validation) {
    const place = places[validationContext ?? ''] ?? 'input';
    const errors = validation.map((fault) => ({
      path: `${place}${fault.instancePath.replaceAll('/', '.')}`,
      message: fault.message ?? 'is not valid',
    }));
    const names = [...new Set(errors.map((e) => e.path))].join(', ');
    return new ProblemError('invalid-input', `Not valid: ${names}.`, { errors });
  }
  if (code === 'FST_ERR_BAD_URL') {
    return new ProblemError('bad-url', 'The address holds a broken percent-encoding.');
  }
  if (code === 'FST_ERR_MAX_PARAM_LENGTH') {
    return new ProblemError('url-too-long', 'A part of the address is too long.');
  }
  if (code === 'FST_ERR_HANDLER_TIMEOUT') {
    return new ProblemError('unavailable', 'The answer took too long.', { retryAfter: 5 });
  }
  if (code?.startsWith('FST_ERR_') && statusCode && statusCode >= 400 && statusCode < 500) {
    const detail = error.message.slice(0, longestMessage);
    return new ProblemError(problemCodeOfStatus(statusCode), detail, { cause: error });
  }
  if (isExposed(error)) {
    return new ProblemError(problemCodeOfStatus(error.statusCode), undefined, {
      ...(error.headers && { headers: error.headers }),
      cause: error,
    });
  }
  return new ProblemError('internal', undefined, { cause: error });
}

/** An error of a library that knows it to be the caller's fault (`http-errors`), with the headers of its answer. */
interface ExposedError extends Error {
  statusCode: number;
  headers?: Record<string, string>;
}

function isExposed(error: Error): error is ExposedError {
  const { expose, statusCode } = error as Partial<ExposedError & { expose: unknown }>;
  return expose === true && statusCode !== undefined && statusCode >= 400 && statusCode < 500;
}
