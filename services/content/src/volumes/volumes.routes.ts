import { volumesResponse } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import type { Answer } from '../answer/answer.ts';
import { replies } from '../answer/replies.ts';
import type { ServedCorpus } from '../corpus/corpus.ts';

export function volumesRoutes(app: Service, answer: Answer<ServedCorpus>): void {
  app.get(
    '/volumes',
    { schema: { summary: 'Volumes and their books', response: replies(volumesResponse) } },
    (request, reply) =>
      answer(request, reply, 'volumes', ({ bookIndex }) => ({ volumes: bookIndex.volumes })),
  );
}
