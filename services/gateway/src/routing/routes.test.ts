import { baseConfig, createService, defineConfig, type Service } from '@gospelib/service-kit';
import { InvalidTokenError, type TokenVerifier } from '@gospelib/tokens';
import { afterEach, expect, it } from 'vitest';
import { Gatekeeper } from '../identity/gatekeeper.ts';
import type { ServiceName } from '../proxy/service.rules.ts';
import { RateLimits } from '../rate-limit/rate.limits.ts';
import { shareOf, WorkBudget } from '../rate-limit/work.budget.ts';
import type { RouteRule } from './route.table.ts';
import { registerRoutes } from './routes.ts';

const table: RouteRule[] = [
  { path: '/api/v1/*', service: 'content', access: 'public', methods: ['GET'] },
  { path: '/api/v1/mine/*', service: 'content', access: 'signed-in', methods: ['GET', 'POST'] },
  { path: '/api/v1/study/*', service: 'study', access: 'signed-in', methods: ['GET'] },
];

const verifier: TokenVerifier = {
  prefetch: () => {},
  peek: () => undefined,
  verify: () => Promise.reject(new InvalidTokenError('signature')),
};
const strict = new Gatekeeper({ verifier, onRefused: () => undefined });
const authorization = 'Bearer a.b.c';
let app: Service;

/** An installation without study. */
async function start(gatekeeper: Gatekeeper | undefined): Promise<void> {
  app = await createService({
    name: 'trial',
    version: '1',
    config: defineConfig(baseConfig, { PORT: '28000', LOG_LEVEL: 'silent' }),
  });
  const limits = new RateLimits(app, () => 'redis://127.0.0.1:9', {
    address: 9,
    user: 9,
    'sign-in': 9,
  });
  const forwardTo = (service: ServiceName) =>
    service === 'study'
      ? undefined
      : (_request: unknown, reply: { send(text: string): unknown }) => void reply.send('passed on');
  const work = new WorkBudget(shareOf(9));
  const open = { user: 9, address: 9 };
  registerRoutes(app, { forwardTo, gatekeeper, limits, open, work }, table);
}
afterEach(() => app.close());

it('lets anyone through to what is public', async () => {
  await start(strict);
  expect((await app.inject('/api/v1/volumes')).body).toBe('passed on');
});

it.each(['GET', 'POST'] as const)('keeps %s of what needs signing in shut', async (method) => {
  await start(strict);
  const response = await app.inject({ method, url: '/api/v1/mine/1', headers: { authorization } });
  expect(response.statusCode).toBe(401);
  expect(response.json()).toMatchObject({ type: '/problems/unauthenticated' });
});

it('has nothing else', async () => {
  await start(strict);
  expect((await app.inject('/api/v2/volumes')).statusCode).toBe(404);
  expect((await app.inject('/elsewhere')).statusCode).toBe(404);
});

it('says that a service is not there, before it asks who wants it', async () => {
  await start(strict);
  const response = await app.inject('/api/v1/study/notes');
  expect(response.statusCode).toBe(503);
  expect(response.json()).toMatchObject({ type: '/problems/unavailable' });
});

it('keeps shut what it has no guard for', async () => {
  await start(undefined);
  expect((await app.inject('/api/v1/mine/1')).statusCode).toBe(503);
  expect((await app.inject('/api/v1/volumes')).body).toBe('passed on');
});
