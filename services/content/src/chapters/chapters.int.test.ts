import { bookResponse, chapterResponse, volumesResponse } from '@gospelib/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SmallApp, startSmallApp } from '../testing/small.app.ts';

let small: SmallApp;
beforeAll(async () => {
  small = await startSmallApp('full');
});
afterAll(() => small.stop());

describe('volumes and books', () => {
  it('stand in canonical order', async () => {
    const { volumes } = await small.get('volumes', volumesResponse);
    expect(volumes.map(({ id, books }) => [id, ...books.map(({ slug }) => slug)])).toEqual([
      ['ot', 'gen', 'ps', 'isa'],
      ['nt', 'john', 'rom', '1-jn', 'jude'],
      ['bofm', '2-ne', 'enos', 'mosiah', 'alma'],
      ['pgp', 'moses', 'a-of-f'],
    ]);
  });

  it('a book has its chapters and its neighbours', async () => {
    const { chapterList, previous, next } = await small.get('books/jude', bookResponse);
    expect(chapterList).toEqual([{ id: 'jude.1', number: 1, verses: 25 }]);
    expect([previous?.slug, next?.slug]).toEqual(['1-jn', '2-ne']);
    expect((await small.get('books/gen', bookResponse)).previous).toBeUndefined();
  });

  it('an unknown book is not found', async () => {
    expect(await small.problem('books/nope')).toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('a chapter', () => {
  it('has its verses in order, its book and what is printed around them', async () => {
    const chapter = await small.get('chapters/ps.3', chapterResponse);
    expect(chapter.title).toBe('A Psalm of David, when he fled from Absalom his son.');
    expect(chapter.reference).toBe('Psalm 3');
    expect(chapter.verses.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(chapter.verses[0]).toMatchObject({ id: 'ps.3.1', paragraph: true, connections: 1 });
    expect(chapter.book.slug).toBe('ps');
  });

  it('leads on within its book and to the books that the corpus has', async () => {
    const { previous, next } = await small.get('chapters/ps.150', chapterResponse);
    expect(previous).toEqual({ id: 'ps.149', reference: 'Psalm 149' });
    expect(next).toBeUndefined();
    const jude = await small.get('chapters/jude.1', chapterResponse);
    expect([jude.previous, jude.next]).toEqual([undefined, undefined]);
  });

  it.each([
    ['alma.64', 'Alma has 63 chapters; there is no "alma.64".'],
    ['jude.2', 'Jude has 1 chapter; there is no "jude.2".'],
    ['matt.5', 'The corpus does not have Matthew 5.'],
    ['alma', 'A chapter is asked for as <book>.<number>, e.g. alma.32.'],
    ['alma.32.21', 'Alma has 63 chapters; there is no "alma.32.21".'],
  ])('%s is not found, with the reason', async (id, reason) => {
    expect(await small.problem(`chapters/${id}`)).toMatchObject({ status: 404, detail: reason });
  });
});

describe('an answer', () => {
  it('is served anew only when it changed', async () => {
    const first = await small.app.inject('/api/v1/chapters/alma.32');
    const { etag } = first.headers;
    expect(etag).toMatch(/^W\/"0123456789ab-full-/);
    expect(first.headers['cache-control']).toBe('public, no-cache');
    const again = await small.app.inject({
      url: '/api/v1/chapters/alma.32',
      headers: { 'if-none-match': String(etag) },
    });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    const other = await small.app.inject('/api/v1/chapters/alma.33');
    expect(other.headers.etag).not.toBe(etag);
  });

  it.each(['gzip', 'br'])('is compressed with %s when asked', async (encoding) => {
    const headers = { 'accept-encoding': encoding };
    const plain = await small.app.inject('/api/v1/chapters/gen.1');
    const packed = await small.app.inject({ url: '/api/v1/chapters/gen.1', headers });
    expect(packed.headers['content-encoding']).toBe(encoding);
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
  });

  it('of a fault carries no validator', async () => {
    const { headers } = await small.app.inject('/api/v1/chapters/nope.1');
    expect(headers.etag).toBeUndefined();
    expect(headers['cache-control']).toBe('no-store');
  });
});
