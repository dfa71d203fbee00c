import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemBody } from './problem.error.ts';
import { toProblem } from './problem.translate.ts';

export const problemMediaType = 'application/problem+json';

/** Answers with the problem for an error, and logs errors that are our own fault. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = toProblem(error);
  if (problem.statusCode >= 500) {
    request.log.error({ err: problem.extras.cause ?? problem, problem: problem.code }, 'failed');
  }
  if (problem.extras.headers) reply.headers(problem.extras.headers);
  if (problem.extras.retryAfter !== undefined) {
    reply.header('retry-after', String(problem.extras.retryAfter));
  }
  return reply
    .code(problem.statusCode)
    .header('cache-control', 'no-store')
    .header('content-type', problemMediaType)
    .send(JSON.stringify(problemBody(problem, request.id)));
}
