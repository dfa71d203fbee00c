import { AllowedMethods } from '../http/allowed.methods.ts';
import type { HttpLimits } from '../http/http.limits.ts';
import type { Service } from '../service/service.types.ts';
import { ProblemError } from './problem.error.ts';
import { sendProblem } from './problem.reply.ts';

/** Answers errors, unknown addresses and wrong methods with problems. */
export function answerProblems(app: Service, limits: HttpLimits): void {
  const allowed = new AllowedMethods();
  app.addHook('onRoute', (route) => allowed.add(route.method, route.url));

  app.addHook('onRequest', (request, _reply, done) => {
    const hosts = countHosts(request.raw.rawHeaders);
    if (hosts > 1 || (hosts === 0 && request.raw.httpVersion === '1.1')) {
      done(new ProblemError('bad-request', 'Exactly one Host header is required.'));
    } else if (request.url.length > limits.urlLength) {
      done(new ProblemError('url-too-long', `At most ${limits.urlLength} characters.`));
    } else done();
  });

  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));

  app.setNotFoundHandler((request, reply) => {
    const methods = allowed.of(request.url);
    const problem =
      methods.length === 0
        ? new ProblemError('no-such-route')
        : new ProblemError('method-not-allowed', `Only ${methods.join(', ')}.`, {
            headers: { allow: methods.join(', ') },
          });
    return sendProblem(problem, request, reply);
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
