import { connectionKind, connectionsResponse } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { z } from 'zod';
import type { Answer } from '../answer/answer.ts';
import { cursorField, limitField } from '../answer/page.query.ts';
import { replies } from '../answer/replies.ts';
import { readConnections } from './connections.service.ts';

const params = z.object({
  id: z
    .string()
    .max(100)
    .describe('Canonical id, e.g. `john.3.16`, or of a range, e.g. `alma.32.21-23`.'),
});
const querystring = z
  .object({
    kind: connectionKind.optional(),
    cursor: cursorField,
    limit: limitField(20, 100),
  })
  .refine(({ kind, cursor }) => cursor === undefined || kind !== undefined, {
    path: ['cursor'],
    error: 'belongs to one kind: name the kind as well',
  });

export function connectionsRoutes(app: Service, answer: Answer): void {
  app.get(
    '/passages/:id/connections',
    {
      schema: {
        summary: 'What a verse, or a range of verses, is connected to, by kind, best first',
        params,
        querystring,
        response: replies(connectionsResponse),
      },
    },
    (request, reply) => {
      const { id } = request.params;
      const { kind, cursor, limit } = request.query;
      const key = JSON.stringify(['connections', id, kind, cursor, limit]);
      return answer(request, reply, key, (corpus) =>
        readConnections(corpus, { id, kind, cursor, limit }),
      );
    },
  );
}
