import { passagesResponse, resolveResponse } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { z } from 'zod';
import type { Answer } from '../answer/answer.ts';
import { typedText } from '../answer/page.query.ts';
import { replies } from '../answer/replies.ts';
import { resolveTyped } from './passages.resolve.ts';
import { readPassages } from './passages.service.ts';

const MAX_REFERENCE_LENGTH = 200;
const reference = typedText(MAX_REFERENCE_LENGTH);
const params = z.object({
  ref: reference.describe('A canonical id, a range, or a reference as people type it.'),
});
const querystring = z.object({ q: reference.describe('A reference as people type it.') });

export function passagesRoutes(app: Service, answer: Answer): void {
  app.get(
    '/passages/:ref',
    {
      schema: {
        summary: 'The text of a reference',
        description:
          'An ambiguous reference is a 409 problem with its candidates; one whose text is not in the corpus is a 404 problem that says so.',
        params,
        response: replies(passagesResponse),
      },
    },
    (request, reply) => {
      const { ref } = request.params;
      return answer(request, reply, `passages ${ref}`, (corpus) => readPassages(corpus, ref));
    },
  );

  app.get(
    '/resolve',
    {
      schema: {
        summary: 'What a reference means',
        querystring,
        response: replies(resolveResponse),
      },
    },
    (request, reply) => {
      const { q } = request.query;
      return answer(request, reply, `resolve ${q}`, () => resolveTyped(q));
    },
  );
}
