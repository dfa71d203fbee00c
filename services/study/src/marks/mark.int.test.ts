import { chapterMarksResponse, tagsResponse } from '@gospelib/contracts';
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

const marksOf = async (chapter: string) =>
  chapterMarksResponse.parse((await maker('GET', `/chapters/${chapter}/marks`)).json());

describe('the marks of a chapter', () => {
  it('are all that touches it, in the order of the text', async () => {
    for (const [path, content] of [
      ['/highlights', { passage: 'alma.32.23', color: 'blue' }],
      ['/highlights', { passage: 'alma.32.21', color: 'red', words: { start: 4, end: 6 } }],
      ['/highlights', { passage: 'alma.32.21', color: 'red', words: { start: 1, end: 3 } }],
      ['/highlights', { passage: 'alma.32.21', color: 'green' }],
      ['/highlights', { passage: 'alma.33.1', color: 'red' }],
      ['/notes', { passage: 'alma.32.28', body: 'on a verse' }],
      ['/notes', { passage: 'alma.31.38..alma.32.3', body: 'from the chapter before' }],
      ['/notes', { passage: 'alma', body: 'on the book' }],
      ['/notes', { passage: 'alma.31', body: 'on another chapter' }],
      ['/notes', { passage: 'hel.1', body: 'on another book' }],
      ['/notes', { passage: 'gen.1.1', body: 'See Alma 32:21; 32:21 again, Alma 32 and Alma 33' }],
      ['/bookmarks', { passage: 'alma.32' }],
      ['/bookmarks', { passage: 'alma.30' }],
    ] as const) {
      expect((await maker('POST', path, content)).statusCode).toBe(201);
    }
    const marks = await marksOf('alma.32');
    expect(marks.highlights.map(({ passage, words }) => [passage, words?.start])).toEqual([
      ['alma.32.21', undefined],
      ['alma.32.21', 1],
      ['alma.32.21', 4],
      ['alma.32.23', undefined],
    ]);
    expect(marks.notes.map(({ body }) => body)).toEqual([
      'on the book',
      'from the chapter before',
      'on a verse',
    ]);
    expect(marks.bookmarks.map(({ passage }) => passage)).toEqual(['alma.32']);
    expect(marks.mentions.map(({ passage, excerpt }) => [passage, excerpt.slice(0, 8)])).toEqual([
      ['alma.32', 'See Alma'],
      ['alma.32.21', 'See Alma'],
    ]);
    expect(marks.truncated).toBe(false);
  });

  it('are none where there are none, and none of a chapter there is not', async () => {
    expect(await marksOf('ps.117')).toEqual({
      chapter: 'ps.117',
      highlights: [],
      notes: [],
      bookmarks: [],
      mentions: [],
      truncated: false,
    });
    expect((await maker('GET', '/chapters/mal.5/marks')).statusCode).toBe(404);
    expect((await maker('GET', '/chapters/alma/marks')).statusCode).toBe(400);
  });

  it('take in titles of Psalms', async () => {
    await maker('POST', '/highlights', { passage: 'ps.3.0', color: 'blue' });
    expect((await marksOf('ps.3')).highlights).toHaveLength(1);
  });

  it('follow a note that is changed and deleted', async () => {
    const { id, version } = (await maker('POST', '/notes', { body: 'Alma 32:21' })).json();
    const changed = await maker(
      'PUT',
      `/notes/${id}`,
      { body: 'Alma 33:1' },
      { 'if-match': `"${version}"` },
    );
    expect(changed.statusCode).toBe(200);
    expect((await marksOf('alma.32')).mentions).toEqual([]);
    expect((await marksOf('alma.33')).mentions).toHaveLength(1);
    await maker('DELETE', `/notes/${id}`);
    expect((await marksOf('alma.33')).mentions).toEqual([]);
  });

  it('are cut where there is more than a page needs, and say so', async () => {
    const large = { passage: 'alma.32.21', body: 'x'.repeat(60_000) };
    for (let n = 0; n < 18; n += 1) await maker('POST', '/notes', large);
    const marks = await marksOf('alma.32');
    expect(marks.notes).toHaveLength(17);
    expect(marks.truncated).toBe(true);
  });
});

it('counts tags over all kinds', async () => {
  await maker('POST', '/notes', { body: 'x', tags: ['faith', 'hope'] });
  await maker('POST', '/notes', { body: 'y', tags: ['faith'] });
  await maker('POST', '/highlights', { passage: 'alma.32.21', color: 'red', tags: ['hope'] });
  await maker('POST', '/bookmarks', { passage: 'alma.32', tags: ['faith'] });
  expect(tagsResponse.parse((await maker('GET', '/tags')).json()).tags).toEqual([
    { tag: 'faith', notes: 2, highlights: 0, bookmarks: 1 },
    { tag: 'hope', notes: 1, highlights: 1, bookmarks: 0 },
  ]);
});

it('lists highlights by colour, and names colours', async () => {
  await maker('POST', '/highlights', { passage: 'alma.32.21', color: 'red' });
  await maker('POST', '/highlights', { passage: 'alma.32.22', color: 'blue' });
  expect((await maker('GET', '/highlights?color=blue')).json().items).toHaveLength(1);
  expect((await maker('GET', '/highlights?color=mauve')).statusCode).toBe(400);
  expect((await maker('PUT', '/palette/blue', { label: 'Promises' })).statusCode).toBe(204);
  await maker('PUT', '/palette/red', { label: 'Warnings' });
  await maker('PUT', '/palette/red', { label: null });
  const { colors } = (await maker('GET', '/palette')).json();
  expect(colors).toHaveLength(6);
  expect(colors).toContainEqual({ color: 'blue', label: 'Promises' });
  expect(colors).toContainEqual({ color: 'red', label: null });
  expect((await maker('PUT', '/palette/red', { label: ' ' })).statusCode).toBe(400);
});
