import { AllowedMethods } from '../http/allowed.methods.ts';
import type { HttpLimits } from '../http/http.limits.ts';
import type { Service } from '../service/service.types.ts';
import { ProblemError } from './problem.error.ts';
import { sendProblem } from './problem.reply.ts';

/** Errors, unknown addresses and wrong methods, all as problems. */
export function answerProblems(app: Service, limits: HttpLimits): void {
  const allowed = new AllowedMethods();
  app.addHook('onRoute', (route) => allowed.add(route.method, route.url));

  app.addHook('onRequest', (request, _reply, done) => {
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1') {
      done(new ProblemError('bad-request', 'A Host header is required.'));
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
