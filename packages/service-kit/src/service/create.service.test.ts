import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { problem } from '@gospelib/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { baseConfig } from '../config/base.config.ts';
import { defineConfig } from '../config/define.config.ts';
import { describeSecurity } from '../openapi/openapi.security.ts';
import { ProblemError } from '../problem/problem.error.ts';
import { createService, type ServiceOptions } from './create.service.ts';
import type { Service } from './service.types.ts';

let app: Service;
let lines: string[];

async function build(options: Partial<ServiceOptions> = {}): Promise<Service> {
  lines = [];
  const config = defineConfig(baseConfig, {
    PORT: '23000',
    GOSPELIB_REVISION: '4f8a0c9',
    ACCESS_LOG: 'all',
  });
  app = await createService({
    name: 'trial',
    version: '1.2.3',
    config,
    logStream: { write: (line: string) => void lines.push(line) },
    ...options,
  });
  app.get(
    '/items/:id',
    {
      schema: {
        params: z.object({ id: z.coerce.number().int() }),
        querystring: z.object({ limit: z.coerce.number().max(10).default(5) }),
      },
    },
    (request) => ({ id: request.params.id, limit: request.query.limit }),
  );
  app.post(
    '/items',
    { schema: { body: z.object({ name: z.string() }) } },
    (request) => request.body,
  );
  app.get('/gone', () => {
    throw new ProblemError('not-found', 'No such item.');
  });
  app.get('/broken', () => {
    throw new Error('password=hunter2');
  });
  return app;
}

afterEach(() => app.close());

describe('problems', () => {
  it.each([
    ['GET', '/gone', 404, 'not-found'],
    ['GET', '/nowhere', 404, 'no-such-route'],
    ['DELETE', '/items/1', 405, 'method-not-allowed'],
    ['GET', '/items/%E0%A4%A', 400, 'bad-url'],
    ['GET', `/items/${'9'.repeat(600)}`, 414, 'url-too-long'],
    ['GET', `/gone?q=${'9'.repeat(5000)}`, 414, 'url-too-long'],
    ['GET', '/items/x', 400, 'invalid-input'],
    ['GET', '/broken', 500, 'internal'],
  ] as const)('%s %s answers %i %s', async (method, url, status, code) => {
    const response = await (await build()).inject({ method, url });
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(problem.parse(response.json())).toMatchObject({ status, type: `/problems/${code}` });
  });

  it('names each fault of the input', async () => {
    const response = await (await build()).inject('/items/x?limit=99');
    const { errors } = problem.parse(response.json());
    expect(errors?.map((fault) => fault.path)).toEqual(['path.id']);
    const query = await app.inject('/items/1?limit=99');
    expect(problem.parse(query.json()).errors?.[0]?.path).toBe('query.limit');
  });

  it('says which methods an address has', async () => {
    const response = await (await build()).inject({ method: 'PUT', url: '/items' });
    expect(response.headers.allow).toBe('POST');
  });

  it.each(['QUERY', 'TRACE', 'PROPFIND', 'PURGE', 'M-SEARCH', 'GOSPEL', 'OPTIONS'])(
    'answers %s as any other wrong method, body or not',
    async (method) => {
      await build();
      const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
      const ask = async (path: string, rest: string): Promise<string> => {
        const socket = connect(Number(port), '127.0.0.1');
        socket.end(`${method} ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${rest}`);
        return text(socket);
      };
      for (const rest of ['\r\n', 'Content-Length: 2\r\n\r\n{}']) {
        const answer = await ask('/items', rest);
        expect(answer).toContain('HTTP/1.1 405 Method Not Allowed\r\n');
        expect(answer).toContain('allow: POST\r\n');
        expect(answer).toContain('/problems/method-not-allowed');
      }
      expect(await ask('/nowhere', '\r\n')).toMatch(/^HTTP\/1.1 40[04] /);
    },
  );

  it('answers the caller’s faults that a library finds as such', async () => {
    await build();
    app.get('/part', () => {
      const headers = { 'content-range': 'bytes */9' };
      throw Object.assign(new Error('no'), { statusCode: 416, expose: true, headers });
    });
    app.get('/secret', () => {
      throw Object.assign(new Error('no'), { statusCode: 416, expose: false });
    });
    const { statusCode, headers } = await app.inject('/part');
    expect([statusCode, headers['content-range']]).toEqual([416, 'bytes */9']);
    expect((await app.inject('/secret')).statusCode).toBe(500);
  });

  it('logs an unexpected error and keeps it from the wire', async () => {
    const response = await (await build()).inject('/broken');
    expect(response.body).not.toContain('hunter2');
    expect(lines.join('')).toContain('hunter2');
  });

  it.each([
    ['{"name":', 'application/json', 400],
    ['name: x', 'application/yaml', 415],
    [JSON.stringify({ name: 'x'.repeat(70_000) }), 'application/json', 413],
  ])('refuses a bad body', async (payload, type, status) => {
    const response = await (await build()).inject({
      method: 'POST',
      url: '/items',
      payload,
      headers: { 'content-type': type },
    });
    expect(response.statusCode).toBe(status);
    expect(problem.parse(response.json()).status).toBe(status);
  });
});

describe('health', () => {
  it('says which build runs, and so does a metric', async () => {
    await build();
    expect((await app.inject('/health')).json()).toEqual({
      status: 'ok',
      service: 'trial',
      version: '1.2.3',
      revision: '4f8a0c9',
    });
    expect((await app.inject('/metrics')).body).toContain(
      'gospelib_build_info{version="1.2.3",revision="4f8a0c9",service="trial"} 1\n',
    );
  });

  it('is ready when every check passes', async () => {
    const response = await (await build({ checks: { store: async () => 'PONG' } })).inject(
      '/ready',
    );
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ status: 'ready', checks: ['store'] });
  });

  it('names the checks that fail or hang, with no text but the reason they give', async () => {
    await build({
      checks: {
        fine: async () => undefined,
        refused: async () => {
          throw new Error('connect 10.0.0.1');
        },
        hung: () => new Promise(() => undefined),
        told: () => Promise.reject(Object.assign(new Error('x'), { reason: 'Run it.' })),
      },
    });
    const response = await app.inject('/ready');
    expect(response.statusCode).toBe(503);
    expect(problem.parse(response.json()).errors).toEqual([
      { path: 'refused', message: 'failed' },
      { path: 'hung', message: 'timed out' },
      { path: 'told', message: 'Run it.' },
    ]);
    expect(response.body).not.toContain('10.0.0.1');
  });

  it('counts requests by route template', async () => {
    await build();
    await app.inject('/items/1');
    await app.inject('/items/2');
    await app.inject('/nowhere');
    await app.inject('/items/%zz');
    const { body } = await app.inject('/metrics');
    expect(body).toMatch(
      /_count\{.*http_request_method="GET",http_route="\/items\/:id",http_response_status_code="200"\} 2/,
    );
    expect(body).toMatch(/http_route="\(none\)",http_response_status_code="404"/);
    expect(body).toMatch(/http_route="\(none\)",http_response_status_code="400"/);
    expect(body).toContain('nodejs_eventloop_lag_seconds');
  });

  it('tells every route, also those that nobody asked for', async () => {
    await build();
    await app.register(async (scope) =>
      scope.delete('/hidden', { schema: { hide: true } }, () => ''),
    );
    const { body } = await app.inject('/metrics');
    const routes = [
      ...body.matchAll(
        /^gospelib_http_route_info\{.*http_request_method="(\w+)",http_route="(.+?)".*\} 1$/gm,
      ),
    ];
    expect(routes.map(([, method, route]) => `${method} ${route}`)).toEqual(
      expect.arrayContaining(['GET /items/:id', 'POST /items', 'DELETE /hidden', 'HEAD /health']),
    );
  });
});

describe('requests', () => {
  it('writes one line with ids, route and status', async () => {
    await build();
    const traceId = 'a'.repeat(32);
    await app.inject({
      url: '/items/1?limit=2',
      headers: {
        'x-request-id': 'req-12345678',
        traceparent: `00-${traceId}-${'b'.repeat(16)}-00`,
      },
    });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'info',
      service: 'trial',
      version: '1.2.3',
      revision: '4f8a0c9',
      requestId: 'req-12345678',
      traceId,
      route: '/items/:id',
      path: '/items/1',
      status: 200,
    });
  });

  it('never writes down a link that is as good as a key', async () => {
    await build();
    app.get('/shared/:link', () => 'ok');
    for (const url of [
      '/shared/secret',
      '/sh%61red/secret',
      '/shared/secret/more',
      '/shared/secret%zz',
    ]) {
      await app.inject({ url, headers: { referer: 'http://localhost/shared/secret' } });
    }
    await app.inject({ url: '/shared/secret', method: 'POST', payload: 'x' });
    expect(lines).toHaveLength(5);
    expect(lines.join('')).not.toContain('secret');
    expect(lines.join('')).toContain('"path":"/shared/[hidden]"');
    expect((await app.inject('/metrics')).body).not.toContain('secret');
  });

  it('takes no request id from the world, nor a malformed one from anyone', async () => {
    await build({ edge: true });
    app.get('/id', (request) => request.id);
    const given = { headers: { 'x-request-id': 'req-12345678' } };
    expect((await app.inject({ url: '/id', ...given })).body).not.toBe('req-12345678');
    await app.close();
    await build();
    app.get('/id', (request) => request.id);
    expect((await app.inject({ url: '/id', ...given })).body).toBe('req-12345678');
    const bad = await app.inject({ url: '/id', headers: { 'x-request-id': 'a b"c\u0001ddddd' } });
    expect(bad.body).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('OpenAPI', () => {
  it('is made from the schemas of the routes', async () => {
    app = await createService({
      name: 'trial',
      version: '1',
      config: defineConfig(baseConfig, { PORT: '23000', LOG_LEVEL: 'silent' }),
      openapi: { path: '/openapi.json', title: 'Trial', description: 'd' },
    });
    app.get(
      '/items/:id',
      {
        schema: {
          params: z.object({ id: z.string() }),
          response: { 200: z.object({ id: z.string() }), 404: problem, 204: z.void() },
        },
      },
      (request) => ({ id: request.params.id }),
    );
    const document = (await app.inject('/openapi.json')).json();
    expect(document.openapi).toBe('3.1.0');
    expect(document.info.version).toBe('1');
    expect(Object.keys(document.paths)).toEqual(['/items/{id}']);
    const { responses } = document.paths['/items/{id}'].get;
    expect(Object.keys(responses['200'].content)).toEqual(['application/json']);
    expect(responses['204'].content).toBeUndefined();
    // Every error is a problem, and is described as one.
    expect(Object.keys(responses['404'].content)).toEqual(['application/problem+json']);
    expect(Object.keys(responses.default.content)).toEqual(['application/problem+json']);
    expect(document.components.schemas.Problem.properties.status).toBeDefined();
  });

  it('says what each route needs, as its guard told', async () => {
    app = await createService({
      name: 'trial',
      version: '1',
      config: defineConfig(baseConfig, { PORT: '23000', LOG_LEVEL: 'silent' }),
      openapi: { path: '/openapi.json', title: 'Trial', description: 'd' },
    });
    app.get('/open', () => 'ok');
    await app.register(async (own: Service) => {
      describeSecurity(own, (template) => (template === '/shared' ? undefined : 'token'));
      own.get('/mine', { schema: { summary: 'Mine' } }, () => 'ok');
      own.get('/shared', () => 'ok');
    });
    const { components, paths, security } = (await app.inject('/openapi.json')).json();
    expect(Object.keys(components.securitySchemes)).toEqual(['token', 'session']);
    expect(security).toEqual([]);
    expect(paths['/open'].get.security).toBeUndefined();
    expect(paths['/shared'].get.security).toEqual([]);
    expect(paths['/mine'].get).toMatchObject({ summary: 'Mine', security: [{ token: [] }] });
  });
});

describe('replies', () => {
  it.each([
    [true, 500],
    [false, 200],
  ])('are checked against their schema in tests: %s', async (validateReplies, status) => {
    await build({ validateReplies });
    const schema = { response: { 200: z.object({ id: z.number() }) } };
    app.get('/wrong', { schema }, (_request, reply) => {
      reply.send({ id: 'not a number' } as never);
    });
    expect((await app.inject('/wrong')).statusCode).toBe(status);
  });
});
