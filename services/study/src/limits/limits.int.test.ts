import { randomUUIDv7 } from 'node:crypto';
import { problem } from '@gospelib/contracts';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Reader, startWorld, type World } from '../testing/study.world.ts';

let world: World;
let maker: Reader;

beforeAll(async () => {
  world = await startWorld({
    quotas: {
      items: { notes: 3, highlights: 3, bookmarks: 3, collections: 3 },
      bytes: { notes: 100_000, highlights: 100_000, bookmarks: 100_000, collections: 10_000_000 },
      answers: { items: 40, bytes: 1_000_000 },
    },
  });
});
beforeEach(async () => {
  maker = await world.reader();
});
afterAll(() => world?.close());

describe.each([
  ['/notes', { body: 'x' }],
  ['/highlights', { passage: 'alma.32.21', color: 'red' }],
  ['/bookmarks', { passage: 'alma.32' }],
  ['/collections', { title: 'x', items: [] }],
])('three of %s', (path, content) => {
  it('are as many as there can be, until one is deleted', async () => {
    const keys = Array.from({ length: 3 }, () => ({ 'idempotency-key': randomUUIDv7() }));
    const made = [];
    for (const key of keys) made.push((await maker('POST', path, content, key)).json());
    const fourth = await maker('POST', path, content);
    expect(fourth.statusCode).toBe(409);
    expect(problem.parse(fourth.json())).toMatchObject({ type: '/problems/limit-reached' });
    expect(fourth.json().detail).toContain(`3 ${path.slice(1)}`);
    expect((await maker('PUT', `${path}/${randomUUIDv7()}`, content)).statusCode).toBe(409);

    // Repeating the request that used the last slot returns its answer, and existing items can be changed.
    expect((await maker('POST', path, content, keys[2])).json()).toEqual(made[2]);
    expect((await maker('PUT', `${path}/${made[2].id}`, content)).statusCode).toBe(200);

    await maker('DELETE', `${path}/${made[0].id}`);
    expect((await maker('POST', path, content)).statusCode).toBe(201);
    expect((await maker('POST', path, content)).statusCode).toBe(409);
  });
});

describe('bytes', () => {
  const long = { body: 'x'.repeat(60_000), tags: [] };
  const put = (id: string, version: number, body: string) =>
    maker('PUT', `/notes/${id}`, { body, tags: [] }, { 'if-match': `"${version}"` });

  it('of all notes together are limited, and a note may always be shortened', async () => {
    const { id, version } = (await maker('POST', '/notes', long)).json();
    const other = (await maker('POST', '/notes', { body: 'x' })).json();
    const refused = await maker('POST', '/notes', long);
    expect(refused.statusCode).toBe(409);
    expect(problem.parse(refused.json()).detail).toContain('100000 bytes');
    expect((await put(other.id, other.version, long.body)).statusCode).toBe(409);
    const shorter = await put(id, version, 'x'.repeat(59_000));
    expect(shorter.statusCode).toBe(200);
    const lines = [
      { type: 'gospelib-study', format: 1 },
      { ...shorter.json(), type: 'note', id: randomUUIDv7(), mentions: undefined },
      { type: 'end', lines: 1 },
    ];
    const file = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const ndjson = { 'content-type': 'application/x-ndjson' };
    expect((await maker('POST', '/import', file, ndjson)).statusCode).toBe(409);
    expect((await maker('GET', '/notes')).json().items).toHaveLength(2);
  });
});

describe('answers kept for repetitions', () => {
  const key = () => ({ 'idempotency-key': randomUUIDv7() });
  const stored = async () => {
    const owner = new pg.Client(world.ownerUrl);
    await owner.connect();
    const { rows } = await owner.query('SELECT count(*)::int AS keys FROM study.idempotency_keys');
    await owner.end();
    return rows[0].keys as number;
  };

  it('are limited for whoever writes without a pause, and never what has no key', async () => {
    const before = await stored();
    const last = key();
    const statuses: number[] = [];
    for (let n = 0; n < 24; n += 1) {
      const made = await maker(
        'POST',
        '/bookmarks',
        { passage: 'alma.32' },
        n === 19 ? last : key(),
      );
      statuses.push(made.statusCode);
      const { id, version } = made.json();
      const match = { 'if-match': `"${version}"` };
      if (made.statusCode === 201)
        await maker('DELETE', `/bookmarks/${id}`, undefined, { ...match, ...key() });
    }
    expect(statuses).toEqual([...Array(20).fill(201), ...Array(4).fill(429)]);
    expect(await stored()).toBe(before + 40);
    const again = await maker('POST', '/bookmarks', { passage: 'alma.32' }, last);
    expect([again.statusCode, again.headers['idempotency-replayed']]).toEqual([201, 'true']);

    const path = `/bookmarks/${randomUUIDv7()}`;
    const refused = await maker('PUT', path, { passage: 'alma.32' }, key());
    expect(problem.parse(refused.json())).toMatchObject({ type: '/problems/too-many-requests' });
    expect(refused.headers['retry-after']).toBe('3600');
    const made = await maker('PUT', path, { passage: 'alma.32' });
    expect(made.statusCode).toBe(201);
    const match = { 'if-match': made.headers.etag as string };
    expect((await maker('DELETE', path, undefined, { ...match, ...key() })).statusCode).toBe(429);
    const empty = '{"type":"gospelib-study","format":1}\n{"type":"end","lines":0}\n';
    const ndjson = { 'content-type': 'application/x-ndjson' };
    expect((await maker('POST', '/import', empty, { ...ndjson, ...key() })).statusCode).toBe(429);
    // Nothing was done, and the room that was reserved for it is there again.
    expect((await maker('GET', path)).statusCode).toBe(200);
    expect((await maker('DELETE', path, undefined, match)).statusCode).toBe(200);
    const stranger = await world.reader();
    expect((await stranger('POST', '/bookmarks', { passage: 'alma.32' })).statusCode).toBe(201);
  });
});

describe('sizes', () => {
  it.each([
    ['a note of 64 KiB', '/notes', { body: 'é'.repeat(32_768) }, 201],
    ['a note of one byte more', '/notes', { body: `a${'é'.repeat(32_768)}` }, 400],
    ['a note beyond any body', '/notes', { body: 'x'.repeat(2_000_000) }, 413],
    ['50 tags', '/notes', { body: 'x', tags: Array.from({ length: 50 }, (_, n) => `t${n}`) }, 201],
    ['51 tags', '/notes', { body: 'x', tags: Array.from({ length: 51 }, (_, n) => `t${n}`) }, 400],
    ['the largest collection', '/collections', largest(500), 201],
    ['a larger one', '/collections', largest(501), 400],
  ])('%s', async (_name, path, body, status) => {
    const response = await maker('POST', path, body);
    expect(response.statusCode).toBe(status);
    if (status >= 400) expect(problem.parse(response.json()).status).toBe(status);
  });
});

function largest(items: number): object {
  const item = { passage: '1-thes.3.13..1-thes.4.18', comment: '"é\n'.repeat(100) };
  return { title: 'x', items: Array.from({ length: items }, () => item) };
}
