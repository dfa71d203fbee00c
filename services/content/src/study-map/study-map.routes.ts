import { mapEdgeKind, studyMapResponse } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { z } from 'zod';
import type { Answer } from '../answer/answer.ts';
import { replies } from '../answer/replies.ts';
import { readStudyMap } from './study-map.service.ts';

const params = z.object({
  id: z
    .string()
    .max(200)
    .describe("Canonical id of a verse, Strong's number, name id, or `topic:` and a topic's slug."),
});
const querystring = z.object({
  depth: z.coerce.number().int().min(1).max(3).default(1).describe('Steps from the root.'),
  kinds: z
    .string()
    .max(200)
    .transform((list) => list.split(','))
    .pipe(z.array(mapEdgeKind).min(1))
    .default([...mapEdgeKind.options])
    .describe('Kinds of edges, separated by commas; all when not given.'),
  limit: z.coerce.number().int().min(1).max(300).default(60).describe('Nodes, the root included.'),
});

export function studyMapRoutes(app: Service, answer: Answer): void {
  app.get(
    '/graph/:id',
    {
      schema: {
        summary: 'The study map around a passage, word, name or topic',
        params,
        querystring,
        response: replies(studyMapResponse),
      },
    },
    (request, reply) => {
      const { id } = request.params;
      const { depth, limit } = request.query;
      const kinds = mapEdgeKind.options.filter((kind) => request.query.kinds.includes(kind));
      const key = JSON.stringify(['graph', id, depth, kinds, limit]);
      return answer(request, reply, key, (corpus) =>
        readStudyMap(corpus, { id, depth, kinds, limit }),
      );
    },
  );
}
