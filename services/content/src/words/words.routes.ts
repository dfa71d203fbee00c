import { wordResponse, wordsResponse } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { z } from 'zod';
import type { Answer } from '../answer/answer.ts';
import { cursorField, limitField, typedText } from '../answer/page.query.ts';
import { replies } from '../answer/replies.ts';
import { readWord, searchWords } from './words.service.ts';

const params = z.object({
  strongs: z.string().max(100).describe("Strong's number, e.g. `H7225`."),
});
const pageQuery = z.object({ cursor: cursorField, limit: limitField(50, 200) });
const searchQuery = pageQuery.extend({
  q: typedText(100).describe(
    "A lemma with or without its marks, a transliteration, a Strong's number, or an English meaning.",
  ),
});

export function wordsRoutes(app: Service, answer: Answer): void {
  app.get(
    '/words',
    {
      schema: {
        summary: 'Hebrew and Greek words',
        querystring: searchQuery,
        response: replies(wordsResponse),
      },
    },
    (request, reply) => {
      const { q, ...page } = request.query;
      const key = JSON.stringify(['words', q, page.cursor, page.limit]);
      return answer(request, reply, key, (corpus) => searchWords(corpus, q, page));
    },
  );

  app.get(
    '/words/:strongs',
    {
      schema: {
        summary: 'A word and its concordance',
        params,
        querystring: pageQuery,
        response: replies(wordResponse),
      },
    },
    (request, reply) => {
      const { strongs } = request.params;
      const page = request.query;
      const key = JSON.stringify(['word', strongs, page.cursor, page.limit]);
      return answer(request, reply, key, (corpus) => readWord(corpus, strongs, page));
    },
  );
}
