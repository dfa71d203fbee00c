import { topicResponse, topicsResponse } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { z } from 'zod';
import type { Answer } from '../answer/answer.ts';
import { cursorField, limitField, typedText } from '../answer/page.query.ts';
import { replies } from '../answer/replies.ts';
import { listTopics, readTopic } from './topics.service.ts';

const pageQuery = z.object({ cursor: cursorField, limit: limitField(50, 200) });
const listQuery = pageQuery.extend({ q: typedText(100).optional().describe('Part of a name.') });
const params = z.object({
  slug: z
    .string()
    .max(200)
    .transform((slug) => slug.replace(/^topic:/, ''))
    .describe('`topic:` before it, as on study maps, is allowed.'),
});

export function topicsRoutes(app: Service, answer: Answer): void {
  app.get(
    '/topics',
    {
      schema: {
        summary: 'Topics (full corpus)',
        querystring: listQuery,
        response: replies(topicsResponse),
      },
    },
    (request, reply) => {
      const { q, ...page } = request.query;
      const key = JSON.stringify(['topics', q, page.cursor, page.limit]);
      return answer(request, reply, key, (corpus) => listTopics(corpus, q, page));
    },
  );

  app.get(
    '/topics/:slug',
    {
      schema: {
        summary: 'A topic and what it points to (full corpus)',
        params,
        querystring: pageQuery,
        response: replies(topicResponse),
      },
    },
    (request, reply) => {
      const { slug } = request.params;
      const page = request.query;
      const key = JSON.stringify(['topic', slug, page.cursor, page.limit]);
      return answer(request, reply, key, (corpus) => readTopic(corpus, slug, page));
    },
  );
}
