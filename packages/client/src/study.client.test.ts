import { describe, expect, it } from 'vitest';
import { ApiError, createStudyClient, importStudy } from './index.ts';

/** A fake fetch that records what was sent. */
function fakeFetch(answer: () => Response = () => Response.json({})) {
  const calls: { url: string; init: RequestInit | undefined }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    calls.push({ url: String(input), init });
    return answer();
  };
  return { calls, fetch, client: createStudyClient({ baseUrl: 'http://library.test', fetch }) };
}

const id = '0199e6b4-7c00-7abc-8def-0123456789ab';
const key = 'key-of-this-write';

describe('requests', () => {
  const { calls, client } = fakeFetch();
  it.each([
    ['GET chapters/alma.32/marks', () => client.chapterMarks('alma.32')],
    [
      'GET highlights?tag=faith&color=green',
      () => client.list('highlights', { tag: 'faith', color: 'green' }),
    ],
    [`GET notes/${id}`, () => client.get('notes', id)],
    [
      'GET search?q=seed+of+faith&book=alma',
      () => client.searchNotes({ q: 'seed of faith', book: 'alma' }),
    ],
    ['GET tags', () => client.tags()],
    ['GET palette', () => client.palette()],
    ['PUT palette/red', () => client.nameColor('red', 'Warnings')],
    [`PUT collections/${id}/share`, () => client.share(id)],
    [`DELETE collections/${id}/share`, () => client.unshare(id)],
    ['GET shared/a%2Fb', () => client.shared('a/b')],
    ['GET history?cursor=x', () => client.history({ cursor: 'x' })],
    ['GET continue', () => client.continue()],
    ['PUT history/alma.32', () => client.recordPlace('alma.32', { verse: 21 })],
    ['DELETE history/alma.32', () => client.forgetPlaces('alma.32')],
    ['DELETE history', () => client.forgetPlaces()],
  ])('%s', async (line, call) => {
    await call();
    const last = calls.at(-1);
    expect(`${last?.init?.method ?? 'GET'} ${last?.url}`).toBe(
      line.replace(' ', ' http://library.test/api/v1/study/'),
    );
  });
});

describe('writes', () => {
  it.each([
    ['absent', { 'if-none-match': '*' }],
    [7, { 'if-match': '"7"' }],
  ] as const)('name what they are based on: %s', async (base, condition) => {
    const { calls, client } = fakeFetch();
    await client.put('notes', id, { body: 'Faith', tags: [] }, { base, key });
    const { url, init } = calls[0] ?? {};
    expect([url, init?.method]).toEqual([`http://library.test/api/v1/study/notes/${id}`, 'PUT']);
    expect(Object.fromEntries(new Headers(init?.headers))).toEqual({
      'content-type': 'application/json',
      'idempotency-key': key,
      ...condition,
    });
  });

  it('delete one version, without a body', async () => {
    const { calls, client } = fakeFetch();
    await client.remove('bookmarks', id, { base: 7, key });
    const { init } = calls[0] ?? {};
    expect([init?.method, init?.body]).toEqual(['DELETE', undefined]);
    expect(Object.fromEntries(new Headers(init?.headers))).toEqual({
      'idempotency-key': key,
      'if-match': '"7"',
    });
  });

  it('come back with both texts when they lost', async () => {
    const conflict = { type: '/problems/version-conflict', title: 'x', yours: 1, stored: 2 };
    const { client } = fakeFetch(() =>
      Response.json(conflict, {
        status: 412,
        headers: { 'content-type': 'application/problem+json' },
      }),
    );
    const lost = client.put('notes', id, { body: 'Faith', tags: [] }, { base: 7, key });
    await expect(lost).rejects.toMatchObject({ problem: { yours: 1, stored: 2 } });
    await expect(lost).rejects.toBeInstanceOf(ApiError);
  });
});

it('sends an export back as it is', async () => {
  const { calls, fetch } = fakeFetch(() =>
    Response.json({ added: 1, unchanged: 0, kept: { total: 0, ids: [] } }),
  );
  const file = new Blob(['{"type":"end","lines":0}\n']);
  const done = await importStudy({ baseUrl: 'http://library.test', fetch }, file, key);
  expect(done.added).toBe(1);
  const { url, init } = calls[0] ?? {};
  expect([url, init?.method, init?.body]).toEqual([
    'http://library.test/api/v1/study/import',
    'POST',
    file,
  ]);
  expect(Object.fromEntries(new Headers(init?.headers))).toEqual({
    'content-type': 'application/x-ndjson',
    'idempotency-key': key,
  });
});
