import { randomUUIDv7 } from 'node:crypto';
import { setImmediate as nextTick } from 'node:timers/promises';
import { noteSearchResponse, notesResponse } from '@gospelib/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Reader, startWorld, type World } from '../testing/study.world.ts';

let world: World;
let maker: Reader;

const notes = {
  seed: {
    passage: 'alma.32.28',
    body: 'Compare the **word** unto a seed; plant it.',
    tags: ['faith'],
  },
  repent: {
    passage: 'alma.5.14',
    body: 'Repentance changes hearts mightily.',
    tags: ['faith', 'heart'],
  },
  whole: { passage: 'alma.32', body: 'The chapter on faith, hope and faithfulness.', tags: [] },
  span: { passage: 'matt.5.48..matt.6.1', body: 'Perfect, not seen of men.', tags: ['sermon'] },
  book: { passage: 'heb', body: 'To the Hebrews: faith hope charity.', tags: [] },
  free: { body: 'Remember Alma 32:21-23 and Heb. 11:1 on faith.', tags: ['Faith'] },
};
const ids: Record<string, string> = {};

beforeAll(async () => {
  world = await startWorld();
  maker = await world.reader();
  for (const [name, note] of Object.entries(notes)) {
    ids[name] = (await maker('POST', '/notes', note)).json().id;
    // The list is ordered by when a note was written, to the millisecond.
    const written = Date.now();
    while (Date.now() === written) await nextTick();
  }
  const stranger = await world.reader();
  await stranger('POST', '/notes', {
    passage: 'alma.32.21',
    body: 'faith seed repentance',
    tags: ['faith'],
  });
});
afterAll(() => world?.close());

const named = (found: { id: string }[]): (string | undefined)[] =>
  found.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id));

async function listed(query: string): Promise<(string | undefined)[]> {
  return named(notesResponse.parse((await maker('GET', `/notes?${query}`)).json()).items);
}

async function search(q: string, more = '') {
  const response = await maker('GET', `/search?q=${encodeURIComponent(q)}${more}`);
  return noteSearchResponse.parse(response.json());
}

describe('the list', () => {
  it.each([
    ['', ['free', 'book', 'span', 'whole', 'repent', 'seed']],
    ['tag=faith', ['repent', 'seed']],
    ['tag=Faith', ['free']],
    ['tag=%27%3B--', []],
    ['book=alma', ['whole', 'repent', 'seed']],
    ['book=matt&tag=sermon', ['span']],
    ['book=moro', []],
    ['passage=alma.32.28', ['whole', 'seed']],
    ['passage=alma.32.22', ['free', 'whole']],
    ['passage=alma.32', ['free', 'whole', 'seed']],
    ['passage=matt.6.1', ['span']],
    ['passage=matt.6', ['span']],
    ['passage=matt.6.2', []],
    ['passage=heb.11.1', ['free', 'book']],
    ['passage=heb.11.2', ['book']],
  ])('?%s', async (query, expected) => expect(await listed(query)).toEqual(expected));

  it.each([
    'book=nobody',
    'book=alma.32',
    'passage=alma.64',
    'limit=0',
    'limit=51',
    'limit=x',
    'tag=a&tag=b',
    'tag=%00',
    'tag=',
  ])('refuses ?%s', async (query) =>
    expect((await maker('GET', `/notes?${query}`)).statusCode).toBe(400),
  );
});

describe('the search', () => {
  it.each([
    ['repent', ['repent']],
    ['repenta', ['repent']],
    ['REPENTED', ['repent']],
    ['planting', ['seed']],
    ['seeds word', ['seed']],
    ['mightily hear', ['repent']],
    ['mightily ch', []],
    ['cha', ['book', 'repent', 'whole']],
    ['"faith hope"', ['book', 'whole']],
    ['"hope faith"', []],
    ['faith -hope', ['free']],
    ['seed or repentance', ['seed', 'repent']],
    ['nowhere', []],
    ['of', ['span']],
    ["faith'); DROP TABLE notes; --", []],
    ['faith:* & !x | ( <-> ', []],
    ['faith:*', ['book', 'free', 'whole']],
    ['&', undefined],
    ['   ', undefined],
    ['', undefined],
  ])('finds for %j', async (q, expected) => {
    if (expected === undefined) {
      expect((await maker('GET', `/search?q=${encodeURIComponent(q)}`)).statusCode).toBe(400);
    } else {
      const { items } = await search(q);
      expect(new Set(named(items))).toEqual(new Set(expected));
    }
  });

  it('narrows by tag and book', async () => {
    expect(named((await search('faith', '&tag=Faith')).items)).toEqual(['free']);
    expect(named((await search('faith', '&book=heb')).items)).toEqual(['book']);
  });

  it('shows what matched', async () => {
    const [hit] = (await search('plant seed')).items;
    expect(hit?.snippet.filter(({ hit: matched }) => matched).map(({ text }) => text)).toEqual([
      'seed',
      'plant',
    ]);
    expect(hit?.snippet.map(({ text }) => text).join('')).toContain(
      'Compare the **word** unto a seed',
    );
  });

  it('puts the note that says more of it first, and pages', async () => {
    const all = named((await search('faith')).items);
    expect(all).toHaveLength(3);
    const first = await search('faith', '&limit=2');
    const rest = await search('faith', `&limit=2&cursor=${first.next}`);
    expect(named([...first.items, ...rest.items])).toEqual(all);
    expect(rest.next).toBeUndefined();
  });

  it('ranks a bounded number, and says so', async () => {
    const many = await world.reader();
    const now = new Date().toISOString();
    const lines = Array.from({ length: 1001 }, () => {
      const stored = { id: randomUUIDv7(), version: 1, createdAt: now, updatedAt: now };
      return { type: 'note', ...stored, body: 'Faith', tags: [] };
    });
    const all = [{ type: 'gospelib-study', format: 1 }, ...lines, { type: 'end', lines: 1001 }];
    const file = all.map((line) => JSON.stringify(line)).join('\n');
    await many('POST', '/import', file, { 'content-type': 'application/x-ndjson' });
    const response = await many('GET', '/search?q=faith&limit=1');
    expect(noteSearchResponse.parse(response.json()).truncated).toBe(true);
    expect((await search('faith')).truncated).toBeUndefined();
  });

  it('finds a note in its new words, not in its old', async () => {
    const { id, version } = (await maker('POST', '/notes', { body: 'Oldword' })).json();
    await maker('PUT', `/notes/${id}`, { body: 'Newword' }, { 'if-match': `"${version}"` });
    expect((await search('oldword')).items).toEqual([]);
    expect((await search('newword')).items).toHaveLength(1);
  });
});
