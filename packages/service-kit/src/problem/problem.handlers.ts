import type { FastifyRequest } from 'fastify';
import { methodNotAllowed } from '../http/client.error.ts';
import type { HttpLimits } from '../http/http.limits.ts';
import type { Service } from '../service/service.types.ts';
import { ProblemError } from './problem.error.ts';
import { sendProblem } from './problem.reply.ts';
import { toProblem } from './problem.translate.ts';

/** The methods of an address; none when there is no such address. @param url with its path normalised */
export type MethodsOf = (url: string) => Promise<readonly string[]>;

export interface ProblemOptions {
  limits: HttpLimits;
  methodsOf: MethodsOf;
  /** Told of errors that nobody foresaw. */
  onFault?: ((fault: unknown, request: FastifyRequest) => void) | undefined;
}

/** Answers errors, unknown addresses and wrong methods with problems. */
export function answerProblems(app: Service, { limits, methodsOf, onFault }: ProblemOptions): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const hosts = countHosts(request.raw.rawHeaders);
    // Routes and their limits never see such requests.
    const refuse = (problem: ProblemError): void =>
      done(app.unrouted.judge(problem, request.clientAddress));
    if (hosts > 1 || (hosts === 0 && request.raw.httpVersion === '1.1')) {
      refuse(new ProblemError('bad-request', 'Exactly one Host header is required.'));
    } else if (request.url.length > limits.urlLength) {
      refuse(new ProblemError('url-too-long', `At most ${limits.urlLength} characters.`));
    } else done();
  });

  // Before the body is looked at, which nobody will take, and whose rules differ by method.
  app.addHook('preParsing', (request, _reply, _payload, done) => {
    if (!request.is404) done();
    else void noRoute(request).then(done);
  });
  const noRoute = async (request: FastifyRequest): Promise<ProblemError> => {
    const methods = await methodsOf(request.url);
    const wrongMethod = methods.length > 0 && !methods.includes(request.method);
    return wrongMethod ? methodNotAllowed(methods) : new ProblemError('no-such-route');
  };

  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error);
    if (problem.code === 'internal') onFault?.(problem.extras.cause ?? problem, request);
    return sendProblem(problem, request, reply);
  });
  app.setNotFoundHandler(async (request) => {
    throw await noRoute(request);
  });
}

/**
 * Node uses the first of several Host headers, another server may use the last, so they are refused (RFC 9112 §3.2).
 */
function countHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i];
    if (name?.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count;
}
