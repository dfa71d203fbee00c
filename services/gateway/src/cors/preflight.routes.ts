import { ProblemError, type Service } from '@gospelib/service-kit';
import type { Cors } from './cors.ts';

/** Answers preflights from allowed origins and refuses all others; adds no route when no origin is allowed. */
export function answerPreflights(app: Service, cors: Cors): void {
  if (!cors.active) return;
  app.options('/api/*', (request, reply) => {
    if (!cors.allows(request.headers.origin)) {
      throw new ProblemError('forbidden', 'This origin may not read the API.');
    }
    return reply.code(204).headers(cors.preflight()).send();
  });
}
