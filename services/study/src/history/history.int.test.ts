import { continueResponse, historyResponse } from '@gospelib/contracts';
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

const read = (chapter: string, body: object = {}) => maker('PUT', `/history/${chapter}`, body);
const at = (day: number) => `2025-03-0${day}T12:00:00.000Z`;
const list = async (query = '') =>
  historyResponse.parse((await maker('GET', `/history${query}`)).json());

describe('history', () => {
  it('keeps the last place of each chapter', async () => {
    await read('alma.32', { verse: 21, readAt: at(1) });
    await read('alma.33', { readAt: at(2) });
    expect((await read('alma.32', { verse: 28, readAt: at(3) })).statusCode).toBe(204);
    expect((await list()).items).toEqual([
      { chapter: 'alma.32', verse: 28, readAt: at(3) },
      { chapter: 'alma.33', readAt: at(2) },
    ]);
  });

  it('is not set back by what arrives late', async () => {
    await read('alma.32', { verse: 28, readAt: at(3) });
    expect((await read('alma.32', { verse: 1, readAt: at(1) })).statusCode).toBe(204);
    expect((await list()).items).toEqual([{ chapter: 'alma.32', verse: 28, readAt: at(3) }]);
  });

  it('takes the time of arrival when none is said, and no time to come', async () => {
    const before = Date.now();
    await read('alma.32');
    await read('alma.33', { readAt: '9999-12-31T23:59:59Z' });
    const after = Date.now();
    for (const { readAt } of (await list()).items) {
      expect(Date.parse(readAt)).toBeGreaterThanOrEqual(before);
      expect(Date.parse(readAt)).toBeLessThanOrEqual(after);
    }
  });

  it('pages', async () => {
    for (let n = 1; n <= 5; n += 1) await read(`alma.${n}`, { readAt: at(n) });
    const first = await list('?limit=3');
    const second = await list(`?limit=3&cursor=${first.next}`);
    expect([...first.items, ...second.items].map(({ chapter }) => chapter)).toEqual([
      'alma.5',
      'alma.4',
      'alma.3',
      'alma.2',
      'alma.1',
    ]);
    expect(second.next).toBeUndefined();
  });

  it('tells where to go on, in each book', async () => {
    const empty = continueResponse.parse((await maker('GET', '/continue')).json());
    expect(empty).toEqual({ latest: null, books: [] });
    for (const [chapter, day] of [
      ['gen.1', 1],
      ['alma.32', 4],
      ['alma.31', 2],
      ['john.3', 3],
    ] as const) {
      await read(chapter, { readAt: at(day) });
    }
    const { latest, books } = continueResponse.parse((await maker('GET', '/continue')).json());
    expect(latest?.chapter).toBe('alma.32');
    expect(books.map(({ chapter }) => chapter)).toEqual(['alma.32', 'john.3', 'gen.1']);
  });

  it('is forgotten chapter by chapter, or all of it', async () => {
    await read('alma.31');
    await read('alma.32');
    await read('alma.33');
    await maker('DELETE', '/history/alma.32');
    expect((await list()).items).toHaveLength(2);
    expect((await maker('DELETE', '/history')).statusCode).toBe(204);
    expect((await list()).items).toEqual([]);
  });

  it.each([
    ['alma.64', {}],
    ['alma', {}],
    ['alma.32.21', {}],
    ['alma.32', { verse: 44 }],
    ['alma.32', { verse: -1 }],
    ['alma.32', { readAt: 'yesterday' }],
    ['alma.32', { user: 'stranger' }],
  ])('refuses %s with %j', async (chapter, body) => {
    expect((await read(chapter, body)).statusCode).toBe(400);
  });
});
