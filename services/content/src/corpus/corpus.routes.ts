import { corpusResponse } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import type { Answer } from '../answer/answer.ts';
import { replies } from '../answer/replies.ts';
import type { ServedCorpus } from './corpus.ts';

export function corpusRoutes(app: Service, answer: Answer<ServedCorpus>): void {
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
