import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  bookmark,
  bookmarkConflict,
  collection,
  collectionConflict,
  highlight,
  highlightConflict,
  note,
  noteConflict,
  problem,
} from '@gospelib/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Reader, startWorld, type World } from '../testing/study.world.ts';

let world: World;
let maker: Reader;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  maker = await world.reader();
});
afterAll(() => world?.close());

/** For each kind: two inputs, and a passage that the canon does not have. */
const kinds = [
  {
    path: '/notes',
    item: note,
    conflict: noteConflict,
    first: { passage: 'alma.32.21', words: { start: 0, end: 3 }, body: 'One', tags: ['faith'] },
    second: { body: 'Two', tags: [] },
    nth: (n: number) => ({ body: `Nth ${n}`, tags: [] }),
    bad: { passage: 'alma.64', body: 'x' },
  },
  {
    path: '/highlights',
    item: highlight,
    conflict: highlightConflict,
    first: { passage: 'alma.32.21', words: { start: 0, end: 3 }, color: 'yellow', tags: ['faith'] },
    second: { passage: 'ps.3.0', color: 'blue', tags: [] },
    nth: (n: number) => ({ passage: 'alma.32.21', color: 'red', tags: [`tag ${n}`] }),
    bad: { passage: 'alma.32.44', color: 'blue' },
  },
  {
    path: '/bookmarks',
    item: bookmark,
    conflict: bookmarkConflict,
    first: { passage: 'alma.32', label: 'Here', tags: ['faith'] },
    second: { passage: 'matt.5.48..matt.6.1', tags: [] },
    nth: (n: number) => ({ passage: 'alma.32', label: `Nth ${n}`, tags: [] }),
    bad: { passage: 'nobody.1' },
  },
  {
    path: '/collections',
    item: collection,
    conflict: collectionConflict,
    first: {
      title: 'Faith',
      description: 'A way through it.',
      items: [{ passage: 'alma.32', comment: 'A seed' }, { passage: 'heb.11.1-3' }],
    },
    second: { title: 'Hope', items: [] },
    nth: (n: number) => ({ title: `Nth ${n}`, items: [] }),
    bad: { title: 'Hope', items: [{ passage: 'mal.5' }] },
  },
];

describe.each(kinds)('$path', ({ path, item, conflict, first, second, nth, bad }) => {
  const at = (id: string) => `${path}/${id}`;
  const etag = (version: number) => `"${version}"`;
  const create = async (content: object = first) =>
    item.parse((await maker('POST', path, content)).json());

  it('is created, read, replaced, deleted and restored', async () => {
    const response = await maker('POST', path, first);
    expect(response.statusCode).toBe(201);
    const created = item.parse(response.json());
    expect(created).toMatchObject(first);
    expect(response.headers.location).toBe(`/api/v1/study${at(created.id)}`);
    expect(response.headers['cache-control']).toBe('private, no-store');

    const read = await maker('GET', at(created.id));
    expect(read.json()).toEqual(created);
    expect(read.headers.etag).toBe(etag(created.version));

    const replaced = item.parse(
      (await maker('PUT', at(created.id), second, { 'if-match': etag(created.version) })).json(),
    );
    expect(replaced).toMatchObject({ ...second, createdAt: created.createdAt });
    expect(replaced.version).toBeGreaterThan(created.version);

    const deleted = await maker('DELETE', at(created.id), undefined, {
      'if-match': etag(replaced.version),
    });
    expect(deleted.json()).toEqual(replaced);
    expect((await maker('GET', at(created.id))).statusCode).toBe(404);

    const { id: _, version: __, updatedAt: ___, ...content } = replaced;
    const { mentions: ____, ...restorable } = content as Record<string, unknown>;
    const restored = await maker('PUT', at(created.id), restorable, { 'if-none-match': '*' });
    expect(restored.statusCode).toBe(201);
    expect(restored.json()).toMatchObject({ ...second, createdAt: created.createdAt });
    expect(item.parse(restored.json()).version).toBeGreaterThan(replaced.version);
  });

  it('is made offline under an id of the client', async () => {
    const id = randomUUIDv7();
    const createdAt = '2025-05-04T10:00:00.000Z';
    const made = await maker('PUT', at(id), { ...first, createdAt });
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({ ...first, id, createdAt });
    expect((await maker('GET', at(id))).json()).toEqual(made.json());
    const again = await maker('PUT', at(id), { ...first, createdAt });
    expect(again.statusCode).toBe(200);
    expect(again.json()).toEqual(made.json());
  });

  it('cannot be made in the future nor before 1970', async () => {
    const late = await maker('PUT', at(randomUUIDv7()), {
      ...first,
      createdAt: '9999-01-01T00:00:00Z',
    });
    expect(Date.parse(item.parse(late.json()).createdAt)).toBeLessThanOrEqual(Date.now());
    const early = await maker('PUT', at(randomUUIDv7()), {
      ...first,
      createdAt: '0000-01-01T00:00:00Z',
    });
    expect(item.parse(early.json()).createdAt).toBe('1970-01-01T00:00:00.000Z');
  });

  it('shows the loser of a race both texts and changes nothing', async () => {
    const { id, version } = await create();
    const ifMatch = { 'if-match': etag(version) };
    const winner = await maker('PUT', at(id), second, ifMatch);
    const mine = nth(1);
    const loser = await maker('PUT', at(id), mine, ifMatch);
    expect(loser.statusCode).toBe(412);
    expect(loser.headers['content-type']).toContain('application/problem+json');
    const fault = conflict.parse(loser.json());
    expect(fault.type).toBe('/problems/version-conflict');
    expect(fault.yours).toEqual(mine);
    expect(fault.stored).toEqual(winner.json());
    expect((await maker('GET', at(id))).json()).toEqual(winner.json());
  });

  it('lets exactly one of many concurrent writers win', async () => {
    const { id, version } = await create();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        maker('PUT', at(id), nth(n), { 'if-match': etag(version) }),
      ),
    );
    const won = answers.filter(({ statusCode }) => statusCode === 200);
    expect(won).toHaveLength(1);
    expect(answers.filter(({ statusCode }) => statusCode === 412)).toHaveLength(19);
    expect((await maker('GET', at(id))).json()).toEqual(won[0]?.json());
  });

  it('lets exactly one of many concurrent creators of one id win', async () => {
    const id = randomUUIDv7();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => maker('PUT', at(id), nth(n), { 'if-none-match': '*' })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([
      201,
      ...Array.from({ length: 19 }, () => 412),
    ]);
  });

  it('is not overwritten by who says no version', async () => {
    const created = await create();
    const blind = await maker('PUT', at(created.id), second);
    expect(blind.statusCode).toBe(428);
    expect(conflict.parse(blind.json())).toMatchObject({
      type: '/problems/version-required',
      stored: created,
    });
  });

  it('accepts a repeated change although its version is past', async () => {
    const { id, version } = await create();
    const ifMatch = { 'if-match': etag(version) };
    const changed = await maker('PUT', at(id), second, ifMatch);
    const repeated = await maker('PUT', at(id), second, ifMatch);
    expect(repeated.statusCode).toBe(200);
    expect(repeated.json()).toEqual(changed.json());
  });

  it('tells a writer that it was deleted meanwhile', async () => {
    const { id, version } = await create();
    await maker('DELETE', at(id));
    const late = await maker('PUT', at(id), second, { 'if-match': etag(version) });
    expect(late.statusCode).toBe(412);
    expect(conflict.parse(late.json()).stored).toBeNull();
    expect((await maker('GET', at(id))).statusCode).toBe(404);
  });

  it('never gives a version to two contents of an id', async () => {
    const id = randomUUIDv7();
    const before = item.parse((await maker('PUT', at(id), first)).json());
    await maker('DELETE', at(id));
    await maker('PUT', at(id), second);
    const stale = await maker('PUT', at(id), first, { 'if-match': etag(before.version) });
    expect(stale.statusCode).toBe(412);
  });

  it('is not deleted in a version that nobody saw', async () => {
    const { id, version } = await create();
    const changed = await maker('PUT', at(id), second, { 'if-match': etag(version) });
    const late = await maker('DELETE', at(id), undefined, { 'if-match': etag(version) });
    expect(late.statusCode).toBe(412);
    expect(conflict.parse(late.json())).toMatchObject({ yours: null, stored: changed.json() });
    expect((await maker('DELETE', at(id))).statusCode).toBe(200);
    expect((await maker('DELETE', at(id))).statusCode).toBe(404);
  });

  it('is made once by 50 requests with one key', async () => {
    const key = { 'idempotency-key': randomUUIDv7() };
    // A slow machine may say "come again" to the last ones of a queue: they do.
    const post = async (): ReturnType<typeof maker> => {
      const answer = await maker('POST', path, first, key);
      return answer.statusCode === 503 ? post() : answer;
    };
    const answers = await Promise.all(Array.from({ length: 50 }, post));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(
      answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true'),
    ).toHaveLength(49);
    expect((await maker('GET', path)).json().items).toHaveLength(1);
  });

  it('refuses a key with another body, and one of another method', async () => {
    const key = { 'idempotency-key': randomUUIDv7() };
    const { id } = item.parse((await maker('POST', path, first, key)).json());
    const other = await maker('POST', path, second, key);
    expect(other.statusCode).toBe(422);
    expect(problem.parse(other.json()).type).toBe('/problems/key-reused');
    expect((await maker('DELETE', at(id), undefined, key)).statusCode).toBe(422);
    expect((await maker('GET', path)).json().items).toHaveLength(1);
  });

  it('replays changes and deletions with their key', async () => {
    const { id, version } = await create();
    const change = { 'if-match': etag(version), 'idempotency-key': randomUUIDv7() };
    const changed = await maker('PUT', at(id), second, change);
    const third = await maker('PUT', at(id), first, {
      'if-match': etag(item.parse(changed.json()).version),
    });
    const repeated = await maker('PUT', at(id), second, change);
    expect(repeated.headers['idempotency-replayed']).toBe('true');
    expect(repeated.json()).toEqual(changed.json());
    expect((await maker('GET', at(id))).json()).toEqual(third.json());

    const key = { 'idempotency-key': randomUUIDv7() };
    const deleted = await maker('DELETE', at(id), undefined, key);
    expect((await maker('DELETE', at(id), undefined, key)).json()).toEqual(deleted.json());
  });

  it('keeps no key of what was refused', async () => {
    const key = { 'idempotency-key': randomUUIDv7() };
    const { id, version } = await create();
    const changed = await maker('PUT', at(id), second, { 'if-match': etag(version) });
    const refused = await maker('PUT', at(id), first, { 'if-match': etag(version), ...key });
    expect(refused.statusCode).toBe(412);
    const current = item.parse(changed.json()).version;
    const accepted = await maker('PUT', at(id), first, { 'if-match': etag(current), ...key });
    expect(accepted.statusCode).toBe(200);
  });

  it('pages by cursor, newest change first, each once', async () => {
    const made: string[] = [];
    for (let n = 0; n < 7; n += 1) {
      made.push((await create()).id);
      await sleep(2); // changes are told apart by the millisecond
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = (await maker('GET', `${path}?limit=3${cursor && `&cursor=${cursor}`}`)).json();
      seen.push(...page.items.map(({ id }: { id: string }) => id));
      cursor = page.next ?? '';
    } while (cursor !== '');
    expect(seen).toEqual(made.toReversed());
  });

  it.each([
    ['no key', {}, first, 400],
    ['a short key', { 'idempotency-key': 'x' }, first, 400],
    ['a passage that there is not', undefined, bad, 400],
    ['no content', undefined, {}, 400],
    ['a list', undefined, [], 400],
  ] as const)('refuses to create with %s', async (_name, headers, body, status) => {
    const response = await maker('POST', path, body, {
      'idempotency-key': randomUUIDv7(),
      ...headers,
      ...(headers && !('idempotency-key' in headers) && { 'idempotency-key': '' }),
    });
    expect(response.statusCode).toBe(status);
    expect(problem.parse(response.json()).errors?.length).toBeGreaterThan(0);
  });

  it.each([
    [{ 'if-match': 'W/"1"' }],
    [{ 'if-match': '*' }],
    [{ 'if-match': '"1", "2"' }],
    [{ 'if-match': '"9999999999999999999"' }],
    [{ 'if-match': '"1"', 'if-none-match': '*' }],
    [{ 'if-none-match': '"1"' }],
  ])('refuses the condition %j', async (headers) => {
    const { id } = await create();
    expect((await maker('PUT', at(id), second, headers)).statusCode).toBe(400);
  });

  it.each(['x', '%00', "'--", '0199e6b4-7c00-4abc-8def-0123456789ab', '..%2f'])(
    'has no id like %j',
    async (id) => {
      for (const method of ['GET', 'DELETE'] as const) {
        expect((await maker(method, at(id))).statusCode).toBe(400);
      }
      expect((await maker('PUT', at(id), first)).statusCode).toBe(400);
    },
  );

  it.each(['x', 'W10', 'eyJhIjoxfQ', Buffer.from('[-1,"x"]').toString('base64url'), '%F0%9F'])(
    'has no page at the cursor %j',
    async (cursor) => {
      expect([400]).toContain((await maker('GET', `${path}?cursor=${cursor}`)).statusCode);
    },
  );
});
