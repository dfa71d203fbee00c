import { randomUUIDv7 } from 'node:crypto';
import { once } from 'node:events';
import { get, request } from 'node:http';
import { exportLine, importResponse, problem } from '@gospelib/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Reader, readerOf, startWorld, type World } from '../testing/study.world.ts';

let world: World;
let maker: Reader;
let stranger: Reader;
let address: string;

beforeAll(async () => {
  world = await startWorld({
    quotas: { items: { notes: 5, highlights: 100, bookmarks: 100, collections: 100 } },
    minimumRate: { bytes: 64 * 1024, everyMs: 1500 },
  });
  address = await world.app.listen({ host: '127.0.0.1', port: 0 });
});
beforeEach(async () => {
  [maker, stranger] = [await world.reader(), await world.reader()];
});
afterAll(() => world?.close());

const head = '{"type":"gospelib-study","format":1}';
const ndjson = { 'content-type': 'application/x-ndjson' };

const take = async (reader: Reader) => (await reader('GET', '/export')).body;
const give = (reader: Reader, file: string | Buffer, headers = {}) =>
  reader('POST', '/import', file, { ...ndjson, ...headers });
const file = (...lines: object[]): string =>
  [
    head,
    ...lines.map((line) => JSON.stringify(line)),
    `{"type":"end","lines":${lines.length}}`,
    '',
  ].join('\n');

const note = (over: object = {}) => ({
  type: 'note',
  id: randomUUIDv7(),
  version: 7,
  createdAt: '2024-01-01T00:00:00.000Z',
  updatedAt: '2024-01-02T00:00:00.001Z',
  passage: 'alma.32.21',
  body: 'See Alma 33:1',
  tags: ['faith'],
  ...over,
});

async function furnish(reader: Reader): Promise<void> {
  const { id, version } = (
    await reader('POST', '/notes', {
      passage: 'alma.32.21',
      words: { start: 1, end: 2 },
      body: 'A\r\n\tline “quoted” \\ and 🌱 \u2028 e\u0301 — see Alma 32:27',
      tags: ['b', 'a', 'ö'],
    })
  ).json();
  await reader(
    'PUT',
    `/notes/${id}`,
    { body: 'Changed; see Heb. 11:1' },
    { 'if-match': `"${version}"` },
  );
  await reader('POST', '/notes', { body: 'Ω'.repeat(30_000) });
  await reader('POST', '/highlights', { passage: 'ps.3.0', color: 'red', tags: ['a'] });
  await reader('POST', '/bookmarks', { passage: 'alma', label: 'Here' });
  await reader('POST', '/bookmarks', { passage: 'matt.5.48..matt.6.1' });
  const list = await reader('POST', '/collections', {
    title: 'T',
    items: [{ passage: 'alma.32', comment: 'c\nd' }, { passage: 'alma.33' }],
  });
  await reader('PUT', `/collections/${list.json().id}/share`);
  await reader('PUT', '/palette/red', { label: 'Warnings' });
  await reader('PUT', '/history/alma.32', { verse: 3 });
  await reader('PUT', '/history/gen.1', {});
}

describe('an export', () => {
  it('has a line for everything, each as described', async () => {
    await furnish(maker);
    const response = await maker('GET', '/export');
    expect(response.headers['content-type']).toContain('application/x-ndjson');
    expect(response.headers['content-disposition']).toContain('gospelib-study.ndjson');
    const lines = response.body
      .trimEnd()
      .split('\n')
      .map((line) => exportLine.parse(JSON.parse(line)));
    expect(lines.map(({ type }) => type)).toEqual([
      'gospelib-study',
      'color',
      ...['note', 'note', 'highlight', 'bookmark', 'bookmark', 'collection'],
      ...['history', 'history'],
      'end',
    ]);
    expect(response.body).not.toContain('share');
  });

  it('of nothing is a head and an end', async () => {
    expect(await take(maker)).toBe(file());
  });

  it('breaks off when it is read too slowly, and makes only its own reader wait', async () => {
    const comment = 'x'.repeat(300);
    const items = Array.from({ length: 500 }, () => ({ passage: 'alma.32', comment }));
    const { passage: _, body: __, tags: ___, ...stored } = note();
    const lists = Array.from({ length: 60 }, () => ({
      ...stored,
      type: 'collection',
      id: randomUUIDv7(),
      title: 'Long',
      items,
    }));
    const token = await world.accounts.token('rich');
    const rich = readerOf(world.app, token);
    expect((await give(rich, file(...lists))).statusCode).toBe(200);
    // Lists end at half a mebibyte, and go on.
    const page = (await rich('GET', '/collections?limit=50')).json();
    expect(page.items.length).toBe(3);
    const second = await rich('GET', `/collections?limit=50&cursor=${page.next}`);
    expect(second.json().items[0].id).not.toBe(page.items[2].id);
    const download = get(`${address}/api/v1/study/export`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const [response] = await once(download, 'response');
    response.pause();
    const broken = once(response, 'error');
    expect(await take(maker)).toBe(file());
    // Its own reader gets another one when the first has ended, which nobody reads.
    const { length } = file(...lists);
    await expect.poll(async () => (await take(rich)).length).toBe(length);
    response.resume();
    expect((await broken)[0]).toMatchObject({ code: 'ECONNRESET' });
  });

  it('comes back byte for byte', async () => {
    await furnish(maker);
    const taken = await take(maker);
    const answer = await give(stranger, taken);
    expect(answer.statusCode).toBe(200);
    expect(importResponse.parse(answer.json())).toEqual({
      added: 9,
      unchanged: 0,
      kept: { total: 0, ids: [] },
    });
    expect(await take(stranger)).toBe(taken);
    const { mentions } = (await stranger('GET', '/chapters/heb.11/marks')).json();
    expect(mentions).toHaveLength(1);
  });
});

describe('an import', () => {
  it('changes nothing when it is repeated', async () => {
    await furnish(maker);
    const taken = await take(maker);
    expect((await give(maker, taken)).json()).toEqual({
      added: 0,
      unchanged: 9,
      kept: { total: 0, ids: [] },
    });
    expect(await take(maker)).toBe(taken);
  });

  it('leaves what is there as it is, and says what', async () => {
    const [mine, same, fresh] = [note(), note(), note()];
    await give(maker, file(mine, same));
    await maker('PUT', '/history/alma.32', { verse: 9 });
    await maker('PUT', '/palette/red', { label: 'Mine' });
    const answer = await give(
      maker,
      file(
        { type: 'color', color: 'red', label: 'Theirs' },
        { ...mine, body: 'Another' },
        same,
        fresh,
        { type: 'history', chapter: 'alma.32', readAt: '2024-01-01T00:00:00.000Z' },
      ),
    );
    expect(answer.json()).toEqual({
      added: 1,
      unchanged: 1,
      kept: { total: 3, ids: ['red', mine.id, 'alma.32'] },
    });
    expect((await maker('GET', `/notes/${mine.id}`)).json().body).toBe(mine.body);
    expect((await maker('GET', '/continue')).json().latest.verse).toBe(9);
  });

  it('is done once for a key, and told again', async () => {
    const key = { 'idempotency-key': randomUUIDv7() };
    const taken = file(note());
    const [first, second] = [await give(maker, taken, key), await give(maker, taken, key)];
    expect(second.json()).toEqual(first.json());
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect((await give(maker, file(note()), key)).statusCode).toBe(422);
  });

  it.each([
    ['nothing', ''],
    ['another format', '{"type":"gospelib-study","format":2}\n{"type":"end","lines":0}\n'],
    ['no head', '{"type":"end","lines":0}\n'],
    ['two heads', `${head}\n${head}\n{"type":"end","lines":1}\n`],
    ['no end', `${head}\n${JSON.stringify(note())}\n`],
    ['half a line', file(note()).slice(0, -30)],
    ['a wrong count', `${head}\n${JSON.stringify(note())}\n{"type":"end","lines":2}\n`],
    ['lines after the end', `${file()}${JSON.stringify(note())}\n`],
    ['no JSON', `${head}\nnote\n{"type":"end","lines":1}\n`],
    ['a list', '[]'],
    ['an unknown type', file({ type: 'user', id: 'stranger' })],
    ['an unknown member', file(note({ user_id: 'stranger' }))],
    ['a passage there is not', file(note({ passage: 'alma.64' }))],
    [
      'a chapter there is not',
      file({ type: 'history', chapter: 'mal.5', readAt: note().createdAt }),
    ],
    ['words of no verse', file(note({ passage: 'alma', words: { start: 0, end: 1 } }))],
    ['a control character', file(note({ body: 'a\u0007' }))],
    ['a wild date', file(note({ updatedAt: '0000-01-01T00:00:00.000Z' }))],
    ['a large version', file(note({ version: 2 ** 60 }))],
  ])('of %s stores nothing and says where it is wrong', async (_name, body) => {
    const answer = await give(maker, body);
    expect(answer.statusCode).toBe(400);
    expect(problem.parse(answer.json()).errors?.[0]?.path).toMatch(/^line \d+$/);
    expect(await take(maker)).toBe(file());
  });

  it('takes back the good lines before a bad one', async () => {
    const many = Array.from({ length: 1200 }, (_, n) => ({
      ...note(),
      type: 'bookmark',
      body: undefined,
      passage: n === 1100 ? 'alma.64' : 'alma.32',
    }));
    const answer = await give(maker, file(...many));
    expect(answer.json().detail).toBe(
      'Line 1102: is not a passage of the canon. Nothing was imported.',
    );
    expect(await take(maker)).toBe(file());
  });

  it('is refused as a whole when there is no room', async () => {
    const answer = await give(maker, file(...Array.from({ length: 6 }, () => note())));
    expect(answer.statusCode).toBe(409);
    expect(problem.parse(answer.json()).type).toBe('/problems/limit-reached');
    expect(await take(maker)).toBe(file());
    expect((await maker('POST', '/notes', { body: 'x' })).statusCode).toBe(201);
  });

  it('is in nobody’s way while it arrives, and ends when it arrives too slowly', async () => {
    const token = await world.accounts.token('slow');
    const slow = [0, 1, 2].map(async (n) => {
      const upload = request(`${address}/api/v1/study/import`, {
        method: 'POST',
        headers: {
          ...ndjson,
          authorization: `Bearer ${token}`,
          'idempotency-key': `slow-key-${n}`,
        },
      });
      upload.write(`${head}\n`);
      const [answer] = await once(upload, 'response');
      upload.destroy();
      return answer.resume().statusCode;
    });
    // One of an account at a time, and nobody else waits for it.
    const first = await Promise.race(slow);
    expect(first).toBe(429);
    expect((await give(maker, file(note()))).statusCode).toBe(200);
    expect((await Promise.all(slow)).toSorted()).toEqual([408, 429, 429]);
    expect((await give(readerOf(world.app, token), file())).statusCode).toBe(200);
  });

  it('is refused in another form', async () => {
    expect((await maker('POST', '/import', { a: 1 })).statusCode).toBe(415);
    expect((await give(maker, Buffer.from([0xff, 0xfe, 0x0a]))).statusCode).toBe(400);
    expect((await give(maker, file(), { 'idempotency-key': '' })).statusCode).toBe(400);
  });
});
