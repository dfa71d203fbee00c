import { chapterId, continueResponse, historyInput, historyResponse } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import { z } from 'zod';
import { pageQuery } from '../paging/cursor.ts';
import type { History } from './history.service.ts';

/** `/history` and `/continue` */
export function historyRoutes(api: Service, history: History): void {
  const tags = ['history'];
  const params = z.object({ chapter: chapterId });

  api.get(
    '/history',
    {
      schema: {
        summary: 'Where you have read, the newest first',
        tags,
        querystring: pageQuery,
        response: { 200: historyResponse },
      },
    },
    (request) => history.list(request.userId, request.query),
  );

  api.get(
    '/continue',
    { schema: { summary: 'Where to go on', tags, response: { 200: continueResponse } } },
    (request) => history.continue(request.userId),
  );

  api.put(
    '/history/:chapter',
    {
      schema: {
        summary: 'Say where in a chapter you are',
        tags,
        params,
        body: historyInput,
        response: { 204: z.void() },
      },
    },
    async (request, reply) => {
      await history.record(request.userId, request.params.chapter, request.body);
      return reply.code(204).send();
    },
  );

  api.delete(
    '/history/:chapter',
    { schema: { summary: 'Forget a chapter', tags, params, response: { 204: z.void() } } },
    async (request, reply) => {
      await history.forget(request.userId, request.params.chapter);
      return reply.code(204).send();
    },
  );

  api.delete(
    '/history',
    { schema: { summary: 'Forget all of it', tags, response: { 204: z.void() } } },
    async (request, reply) => {
      await history.forget(request.userId);
      return reply.code(204).send();
    },
  );
}
