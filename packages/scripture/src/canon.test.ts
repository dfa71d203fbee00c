import { describe, expect, test } from 'vitest';
import { readCanon, renderCanon } from '../scripts/canon.generate.ts';
import {
  chapterAt,
  chapterOrder,
  chapterTotal,
  nextChapter,
  previousChapter,
  verseAt,
  verseOrder,
  verseTotal,
} from './canon.order.ts';
import { books, countVerses, findBook, getBook, hasTitle, hasVerse, volumes } from './canon.ts';

test('the committed canon is what the generator writes', () => {
  expect(readCanon()).toBe(renderCanon());
});

describe('canon', () => {
  test('has 5 volumes, 87 books, 1,582 chapters, 41,995 verses and 115 titles', () => {
    const verses = (id: string): number =>
      books
        .filter((book) => book.volume === id)
        .flatMap((book) => book.verses)
        .reduce((sum, count) => sum + count, 0);
    expect(volumes.map(({ id, books: own }) => [id, own.length, verses(id)])).toEqual([
      ['ot', 39, 23_145],
      ['nt', 27, 7_957],
      ['bofm', 15, 6_604],
      ['dc-testament', 1, 3_654],
      ['pgp', 5, 635],
    ]);
    expect([books.length, chapterTotal, verseTotal]).toEqual([87, 1_582, 41_995]);
    const titles = books.flatMap(({ slug, chapters }) =>
      Array.from({ length: chapters }, (_, index) => hasTitle(slug, index + 1)).filter(Boolean),
    );
    expect(titles).toHaveLength(115);
  });

  test('names volumes and books', () => {
    expect(volumes.map(({ name, order }) => `${order} ${name}`)).toEqual([
      '1 Old Testament',
      '2 New Testament',
      '3 Book of Mormon',
      '4 Doctrine and Covenants',
      '5 Pearl of Great Price',
    ]);
    expect(getBook('dc')).toMatchObject({
      name: 'Doctrine and Covenants',
      citation: 'D&C',
      order: 82,
    });
    expect(getBook('ps')).toMatchObject({ name: 'Psalms', citation: 'Psalm', chapters: 150 });
    expect(getBook('js-h').name).toBe('Joseph Smith—History');
    expect(findBook('tobit')).toBeUndefined();
    expect(() => getBook('tobit')).toThrow(RangeError);
  });

  test('knows the thirteen books of one chapter', () => {
    const single = books.filter((book) => book.singleChapter).map((book) => book.slug);
    expect(single.join(' ')).toBe(
      'obad philem 2-jn 3-jn jude enos jarom omni w-of-m 4-ne js-m js-h a-of-f',
    );
  });

  test.each([
    ['3-jn', 1, 14],
    ['esth', 10, 3],
    ['joel', 3, 21],
    ['joel', 4, 0],
    ['mal', 4, 6],
    ['dc', 138, 60],
    ['dc', 139, 0],
    ['ps', 119, 176],
    ['alma', 0, 0],
    ['nobody', 1, 0],
  ])('%s %i has %i verses', (slug, chapter, count) => {
    expect(countVerses(slug, chapter)).toBe(count);
    expect(hasVerse(slug, chapter, count + 1)).toBe(false);
  });

  test('verse 0 is a title, which not every Psalm has', () => {
    expect(hasVerse('ps', 3, 0)).toBe(true);
    expect(hasVerse('ps', 1, 0)).toBe(false);
    expect(hasVerse('alma', 3, 0)).toBe(false);
  });
});

describe('canonical order', () => {
  test('counts every verse once, there and back', () => {
    let order = 0;
    for (const { slug, verses } of books) {
      verses.forEach((count, index) => {
        for (let verse = 1; verse <= count; verse += 1) {
          const point = { book: slug, chapter: index + 1, verse };
          if (verseOrder(point) !== order) expect(point).toBe(order);
          if (verse === 1) expect(verseAt(order)).toEqual(point);
          order += 1;
        }
      });
    }
    expect(order).toBe(verseTotal);
  });

  test('verseAt is the inverse of verseOrder', () => {
    for (let order = 0; order < verseTotal; order += 1) {
      const point = verseAt(order);
      if (!point || verseOrder(point) !== order) expect(point).toBe(order);
    }
  });

  test.each([-1, 41_995, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('nothing at %d', (order) => {
    expect(verseAt(order)).toBeUndefined();
    expect(chapterAt(order)).toBeUndefined();
  });

  test('refuses what the canon does not have', () => {
    expect(() => verseOrder({ book: '3-jn', chapter: 1, verse: 15 })).toThrow(RangeError);
    expect(() => verseOrder({ book: 'ps', chapter: 3, verse: 0 })).toThrow(RangeError);
    expect(() => chapterOrder({ book: 'mal', chapter: 5 })).toThrow(RangeError);
    expect(() => chapterOrder({ book: 'alma', chapter: 1.5 })).toThrow(RangeError);
  });

  test('chapters follow each other across books and volumes', () => {
    expect(nextChapter({ book: 'mal', chapter: 4 })).toEqual({ book: 'matt', chapter: 1 });
    expect(nextChapter({ book: 'rev', chapter: 22 })).toEqual({ book: '1-ne', chapter: 1 });
    expect(nextChapter({ book: 'alma', chapter: 32 })).toEqual({ book: 'alma', chapter: 33 });
    expect(previousChapter({ book: 'dc', chapter: 1 })).toEqual({ book: 'moro', chapter: 10 });
    expect(previousChapter({ book: 'jarom', chapter: 1 })).toEqual({ book: 'enos', chapter: 1 });
    expect(previousChapter({ book: 'gen', chapter: 1 })).toBeUndefined();
    expect(nextChapter({ book: 'a-of-f', chapter: 1 })).toBeUndefined();
    for (let order = 0; order < chapterTotal; order += 1) {
      const chapter = chapterAt(order);
      expect(chapter && chapterOrder(chapter)).toBe(order);
    }
  });
});
