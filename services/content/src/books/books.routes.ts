import { bookResponse } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { z } from 'zod';
import type { Answer } from '../answer/answer.ts';
import { replies } from '../answer/replies.ts';
import type { ServedCorpus } from '../corpus/corpus.ts';
import { readBook } from './books.service.ts';

const params = z.object({ book: z.string().max(100).describe('Slug, e.g. `alma`.') });

export function booksRoutes(app: Service, answer: Answer<ServedCorpus>): void {
  app.get(
    '/books/:book',
    { schema: { summary: 'A book and its chapters', params, response: replies(bookResponse) } },
    (request, reply) => {
      const { book } = request.params;
      return answer(request, reply, `book ${book}`, (corpus) => readBook(corpus, book));
    },
  );
}
