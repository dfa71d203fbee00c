import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type SmallApp, startSmallApp } from './testing/small.app.ts';

let small: SmallApp;
beforeAll(async () => {
  small = await startSmallApp('full');
});
afterAll(() => small.stop());

describe('the API', () => {
  it('is described whole, from the schemas of its routes', async () => {
    const description = await small.get(
      'openapi.json',
      z.looseObject({
        openapi: z.string(),
        paths: z.record(
          z.string(),
          z.looseObject({
            get: z.looseObject({
              summary: z.string(),
              responses: z.record(z.string(), z.unknown()),
            }),
          }),
        ),
      }),
    );
    const written = readFileSync(
      resolve(import.meta.dirname, '../../../clients/openapi.json'),
      'utf8',
    );
    expect(JSON.parse(written), 'clients are made from it').toEqual(description);
    const routes = Object.values(description.paths).map(({ get }) => get.responses);
    expect(routes.map((responses) => Object.keys(responses))).toEqual(
      routes.map(() => ['200', '4XX', '5XX', 'default']),
    );
    expect(Object.keys(description.paths).sort()).toEqual([
      '/api/v1/books/{book}',
      '/api/v1/chapters/{chapter}',
      '/api/v1/corpus',
      '/api/v1/graph/{id}',
      '/api/v1/names/{id}',
      '/api/v1/passages/{id}/connections',
      '/api/v1/passages/{ref}',
      '/api/v1/resolve',
      '/api/v1/search',
      '/api/v1/topics',
      '/api/v1/topics/{slug}',
      '/api/v1/volumes',
      '/api/v1/words',
      '/api/v1/words/{strongs}',
    ]);
  });

  it('only reads', async () => {
    const { statusCode, headers } = await small.app.inject({
      method: 'DELETE',
      url: '/api/v1/volumes',
    });
    expect([statusCode, headers.allow]).toEqual([405, expect.stringContaining('GET')]);
    expect(await small.problem('nothing')).toMatchObject({ status: 404, code: 'no-such-route' });
  });

  it('answers one request asked for many times at once by one query', async () => {
    const queries = async () => {
      const { body } = await small.app.inject('/metrics');
      const [, count] =
        /db_client_operation_duration_seconds_count\{[^}]*db_query_summary="connections"[^}]*\} (\d+)/.exec(
          body,
        ) ?? [];
      return Number(count ?? 0);
    };
    const before = await queries();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => small.app.inject('/api/v1/passages/rom.5.8/connections')),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect((await queries()) - before).toBe(1);
  });
});
