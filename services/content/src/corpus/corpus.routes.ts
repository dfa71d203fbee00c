import { corpusResponse } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import type { Answer } from '../answer/answer.ts';
import { replies } from '../answer/replies.ts';

export function corpusRoutes(app: Service, answer: Answer): void {
  app.get(
    '/corpus',
    {
      schema: {
        summary: 'The active corpus: version, sources and their licences, counts, checksum',
        response: replies(corpusResponse),
      },
    },
    (request, reply) => answer(request, reply, 'corpus', ({ manifest }) => manifest),
  );
}
