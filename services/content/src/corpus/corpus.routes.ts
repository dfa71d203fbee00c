import { corpusResponse } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import type { Answer } from '../answer/answer.ts';

export function corpusRoutes(app: Service, answer: Answer): void {
  app.get(
    '/corpus',
    {
      schema: {
        summary: 'The active corpus: version, sources and their licences, counts, checksum',
        response: { 200: corpusResponse },
      },
    },
    (request, reply) => answer(request, reply, 'corpus', ({ manifest }) => manifest),
  );
}
