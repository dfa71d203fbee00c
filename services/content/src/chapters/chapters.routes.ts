import { chapterResponse } from '@gospelib/contracts';
import { countVerses } from '@gospelib/scripture';
import type { Service } from '@gospelib/service-kit';
import { z } from 'zod';
import type { Answer } from '../answer/answer.ts';
import { replies } from '../answer/replies.ts';
import type { ServedCorpus } from '../corpus/corpus.ts';
import { readChapter } from './chapters.service.ts';

const params = z.object({ chapter: z.string().max(100).describe('E.g. `alma.32`.') });

export function chaptersRoutes(app: Service, answer: Answer<ServedCorpus>): void {
  const countRead = app.metrics.counter(
    'gospelib_verses_read_total',
    'Verses of the chapters that were asked for.',
  );
  app.get(
    '/chapters/:chapter',
    { schema: { summary: 'A chapter as it is read', params, response: replies(chapterResponse) } },
    (request, reply) => {
      const { chapter } = request.params;
      const [book = '', number] = chapter.split('.');
      countRead(countVerses(book, Number(number)));
      return answer(request, reply, `chapter ${chapter}`, (corpus) => readChapter(corpus, chapter));
    },
  );
}
