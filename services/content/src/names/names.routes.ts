import { nameResponse } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { z } from 'zod';
import type { Answer } from '../answer/answer.ts';
import { cursorField, limitField } from '../answer/page.query.ts';
import { replies } from '../answer/replies.ts';
import { readName } from './names.service.ts';

const params = z.object({ id: z.string().max(100) });
const querystring = z.object({ cursor: cursorField, limit: limitField(50, 200) });

export function namesRoutes(app: Service, answer: Answer): void {
  app.get(
    '/names/:id',
    {
      schema: {
        summary: 'A proper name and the verses that mention it',
        params,
        querystring,
        response: replies(nameResponse),
      },
    },
    (request, reply) => {
      const { id } = request.params;
      const page = request.query;
      const key = JSON.stringify(['name', id, page.cursor, page.limit]);
      return answer(request, reply, key, (corpus) => readName(corpus, id, page));
    },
  );
}
