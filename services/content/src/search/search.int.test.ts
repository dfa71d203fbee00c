import { searchResponse } from '@gospelib/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SmallApp, startSmallApp } from '../testing/small.app.ts';

let small: SmallApp;
beforeAll(async () => {
  small = await startSmallApp('default');
});
afterAll(() => small.stop());

const search = (q: string, more = '') =>
  small.get(`search?q=${encodeURIComponent(q)}${more}`, searchResponse);

describe('a search', () => {
  it('finds the phrase first and shows where it is', async () => {
    const { hits, total } = await search('in the beginning');
    expect(hits[0]).toEqual({
      passage: {
        id: 'gen.1.1',
        reference: 'Genesis 1:1',
        text: 'In the beginning God created the heaven and the earth.',
      },
      match: 'phrase',
      snippet: [
        { text: 'In the beginning', hit: true },
        { text: ' God created the heaven and the earth.', hit: false },
      ],
    });
    expect(total).toBeGreaterThan(hits.length);
  });

  it('finds a half-remembered verse', async () => {
    const { hits } = await search('by small and simple things great things come about');
    expect(hits[0]).toMatchObject({ passage: { id: 'alma.37.6' }, match: 'stem' });
    expect(hits[0]?.snippet.some(({ text, hit }) => hit && text.includes('simple'))).toBe(true);
  });

  it('narrows by volume and book, and counts like a shop', async () => {
    const all = await search('shepherd');
    const counts = new Map(all.facets.volumes.map(({ id, count }) => [id, count]));
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(all.total);
    const inVolume = await search('shepherd', '&volume=nt');
    expect(inVolume.total).toBe(counts.get('nt'));
    expect(inVolume.facets.volumes).toEqual(all.facets.volumes);
    expect(inVolume.facets.books.every(({ volume }) => volume === 'nt')).toBe(true);
    const inBook = await search('shepherd', '&volume=nt&book=john');
    expect(inBook.facets).toEqual(inVolume.facets);
    expect(inBook.total).toBe(inBook.facets.books.find(({ slug }) => slug === 'john')?.count);
    expect(inBook.hits.every(({ passage }) => passage.id.startsWith('john.'))).toBe(true);
    expect((await search('shepherd', '&volume=nt&book=ps')).total).toBe(0);
  });

  it('is paged, each verse once', async () => {
    const seen: string[] = [];
    const { total } = await search('charity');
    let cursor: string | undefined;
    do {
      const page = await search(
        'charity',
        cursor === undefined ? '&limit=3' : `&limit=3&cursor=${cursor}`,
      );
      seen.push(...page.hits.map(({ passage }) => passage.id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(total);
    expect(seen).toHaveLength(total);
  });

  it.each([
    ['John 3:16', 'found'],
    ['Mos 3:19', 'ambiguous'],
    ['OD 1', 'no-text'],
    ['1Ne3:7', 'found'],
  ])('%s reads as a reference too: %s', async (typed, status) => {
    const { reference } = await search(typed);
    expect(reference?.status).toBe(status);
  });

  it.each([
    'the lord is my shepherd',
    'is 40 days',
    'am 3',
    'song of the righteous',
    'acts 2 and more',
  ])('%s is no reference', async (typed) => {
    expect((await search(typed)).reference).toBeUndefined();
  });

  it.each([
    ['αγαπη', 'G26'],
    ['ἀγάπη', 'G26'],
    ['hesed', 'H2617'],
    ['ארץ', 'H776'],
    ['h0430', 'H430'],
    ['the word αγαπη in John', 'G26'],
  ])('%s finds the word %s', async (typed, strongs) => {
    const { words } = await search(typed);
    expect(words.map((word) => word.strongs)).toContain(strongs);
  });

  it('offers a spelling, and says what it did not understand', async () => {
    expect(await search('haeven')).toMatchObject({ total: 0, spelling: 'heaven' });
    expect((await search('beginning')).spelling).toBeUndefined();
    expect((await search('ab* beginning')).notes).toHaveLength(1);
    expect((await search('beginni*')).hits[0]?.snippet).toContainEqual(
      expect.objectContaining({ hit: true, text: expect.stringMatching(/^beginning/i) }),
    );
  });

  it('finds nothing for what no verse says', async () => {
    const { total, hits, facets } = await search('xyzzy');
    expect([total, hits, facets.books]).toEqual([0, [], []]);
  });

  it.each([
    ['q=', 'query.q'],
    ['q=%20%20', 'query.q'],
    [`q=${'a'.repeat(201)}`, 'query.q'],
    [`q=${'a+'.repeat(33)}`, 'query.q'],
    ['', 'query.q'],
    ['q=a&q=b', 'query.q'],
    ['q=a&volume=koran', 'query.volume'],
    ['q=a&book=nope', 'query.book'],
    ['q=a&limit=0', 'query.limit'],
    ['q=a&limit=101', 'query.limit'],
    ['q=a&limit=1.5', 'query.limit'],
  ])('search?%s is refused by name', async (query, path) => {
    const { status, code, body } = await small.problem(`search?${query}`);
    expect([status, code]).toEqual([400, 'invalid-input']);
    expect(body.errors?.map((fault) => fault.path)).toContain(path);
  });

  it('a cursor of another query is refused', async () => {
    const { next } = await search('lord', '&limit=1');
    for (const other of ['god', 'lord&volume=nt', 'lord&book=gen']) {
      expect(await small.problem(`search?q=${other}&cursor=${next}`)).toMatchObject({
        status: 400,
        code: 'bad-cursor',
      });
    }
    expect((await small.problem('search?q=lord&cursor=AAAA')).code).toBe('bad-cursor');
  });
});
