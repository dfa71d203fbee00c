import { problem, type StudyList, type StudyStored, studyId } from '@gospelib/contracts';
import type { Service } from '@gospelib/service-kit';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import {
  changeHeaders,
  conditionOf,
  creationHeaders,
  deletionHeaders,
  etagOf,
} from './item.condition.ts';
import type { ItemService, Written } from './item.service.ts';
import type { ItemInput } from './item.table.ts';

/** The routes of one kind of item. */
export interface ItemAddresses<Input extends ItemInput, Item extends StudyStored, Query> {
  /** Plural, the first part of the address, e.g. `notes`. */
  plural: string;
  schema: {
    input: z.ZodType<Input>;
    item: z.ZodType<Item>;
    list: z.ZodType<StudyList<Item>>;
    conflict: z.ZodType;
    query: z.ZodType<Query>;
  };
  service: ItemService<Input, Item>;
  list: (userId: string, query: Query) => Promise<StudyList<Item>>;
}

const params = z.object({ id: studyId });
type Id = z.output<typeof params>;

/**
 * List, create, read, replace and delete: the same five routes for every kind of item.
 * The casts state what the schemas have checked: Fastify's types do not follow a schema that is a type parameter.
 */
export function itemRoutes<Input extends ItemInput, Item extends StudyStored, Query>(
  api: Service,
  { plural, schema, service, list }: ItemAddresses<Input, Item, Query>,
): void {
  const path = `/${plural}`;
  const tags = [plural];
  const single = plural.slice(0, -1);
  const conflicts = { 412: schema.conflict, 428: schema.conflict };

  api.get<{ Querystring: Query }>(
    path,
    {
      schema: {
        summary: `Your ${plural}, the newest change first`,
        tags,
        querystring: schema.query,
        response: { 200: schema.list },
      },
    },
    (request) => list(request.userId, request.query as Query),
  );

  api.post<{ Headers: z.output<typeof creationHeaders>; Body: Input }>(
    path,
    {
      schema: {
        summary: `Make a ${single}`,
        tags,
        headers: creationHeaders,
        body: schema.input,
        response: { 201: schema.item, 409: problem, 422: problem },
      },
    },
    async (request, reply) => {
      const key = request.headers['idempotency-key'];
      const written = await service.create(request.userId, request.body as Input, key);
      return send(reply.header('location', `/api/v1/study${path}/${written.item.id}`), written);
    },
  );

  api.get<{ Params: Id }>(
    `${path}/:id`,
    {
      schema: {
        summary: `One ${single}; its ETag is its version`,
        tags,
        params,
        response: { 200: schema.item, 404: problem },
      },
    },
    async (request, reply) => {
      const item = await service.get(request.userId, request.params.id);
      return reply.header('etag', etagOf(item)).send(item);
    },
  );

  api.put<{ Params: Id; Headers: z.output<typeof changeHeaders>; Body: Input }>(
    `${path}/:id`,
    {
      schema: {
        summary: `Replace a ${single}, or make one under an id of your own`,
        description:
          'A change names the version it is based on (If-Match). The loser of a race gets both texts, and nothing is written.',
        tags,
        params,
        headers: changeHeaders,
        body: schema.input,
        response: { 200: schema.item, 201: schema.item, 409: problem, 422: problem, ...conflicts },
      },
    },
    async (request, reply) => {
      const { userId, params, body, headers } = request;
      const key = headers['idempotency-key'];
      const condition = conditionOf(headers);
      return send(reply, await service.put(userId, params.id, body as Input, condition, key));
    },
  );

  api.delete<{ Params: Id; Headers: z.output<typeof deletionHeaders> }>(
    `${path}/:id`,
    {
      schema: {
        summary: `Delete a ${single}`,
        description: 'Answers what was deleted; to undo, PUT that again.',
        tags,
        params,
        headers: deletionHeaders,
        response: { 200: schema.item, 404: problem, 422: problem, ...conflicts },
      },
    },
    async (request, reply) => {
      const { userId, params, headers } = request;
      const key = headers['idempotency-key'];
      const condition = conditionOf({ 'if-match': headers['if-match'] });
      return send(reply, await service.remove(userId, params.id, condition, key));
    },
  );
}

function send<Item extends StudyStored>(
  reply: FastifyReply,
  { status, item, replayed }: Written<Item>,
): FastifyReply {
  if (replayed) reply.header('idempotency-replayed', 'true');
  return reply.code(status).header('etag', etagOf(item)).send(item);
}
