import { baseConfig, createService, defineConfig, type Service } from '@gospelib/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RouteRule } from './route.table.ts';
import { registerRoutes } from './routes.ts';

const table: RouteRule[] = [
  { path: '/api/v1/*', upstream: 'content', access: 'public', methods: ['GET'] },
  { path: '/api/v1/notes/*', upstream: 'content', access: 'signed-in', methods: ['GET', 'POST'] },
];
let app: Service;

beforeEach(async () => {
  app = await createService({
    name: 'trial',
    config: defineConfig(baseConfig, { PORT: '23000', LOG_LEVEL: 'silent' }),
  });
  const forward = (request: FastifyRequest, reply: FastifyReply): void =>
    void reply.send({ body: Buffer.isBuffer(request.body) ? request.body.toString() : null });
  registerRoutes(app, { content: forward, reader: forward }, table);
});
afterEach(() => app.close());

it('lets anyone through to what is public', async () => {
  expect((await app.inject('/api/v1/volumes')).statusCode).toBe(200);
});

it.each(['GET', 'POST'] as const)('keeps %s of what needs signing in shut', async (method) => {
  const authorization = 'Bearer anything';
  const response = await app.inject({ method, url: '/api/v1/notes/1', headers: { authorization } });
  expect(response.statusCode).toBe(401);
  expect(response.json()).toMatchObject({ type: '/problems/unauthenticated' });
});

it('has nothing else', async () => {
  expect((await app.inject('/api/v2/volumes')).statusCode).toBe(404);
  expect((await app.inject('/elsewhere')).statusCode).toBe(404);
});
