import { describe, expect, it } from 'vitest';
import { RepairList } from '../corpus/repair.list.ts';
import { scripturesFixture, type VerseSource } from '../testing/scriptures.sample.ts';
import { readScriptures } from './scriptures.source.ts';
import { SourceError } from './source.error.ts';

const altered = (wanted: string, change: Partial<VerseSource>) =>
  scripturesFixture((id, verse) => (id === wanted ? { ...verse, ...change } : verse));

function fault(texts: ReturnType<typeof scripturesFixture>): SourceError {
  try {
    readScriptures(texts, new RepairList());
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
  throw new Error('it was taken for good');
}

describe('readScriptures', () => {
  it('yields the whole canon in its order', () => {
    const { volumes, books, chapters, passages } = readScriptures(
      scripturesFixture(),
      new RepairList(),
    );
    expect([volumes, books, chapters, passages].map(({ length }) => length)).toEqual([
      5, 87, 1582, 41_995,
    ]);
    expect(passages[0]).toEqual({
      book: 'gen',
      chapter: 1,
      verse: 1,
      text: 'Text of gen.1.1',
      heading: undefined,
      paragraph: false,
    });
    expect(passages.at(-1)).toMatchObject({ book: 'a-of-f', chapter: 1, verse: 13 });
    expect(books.find(({ slug }) => slug === 'dc')).toMatchObject({
      name: 'Doctrine and Covenants',
      volume: 'dc-testament',
      subtitle: 'sub',
    });
  });

  it('repairs the known defects and tells each', () => {
    const repairs = new RepairList();
    const texts = scripturesFixture((id, verse) => {
      if (id === 'dc.84.99') return { ...verse, text: 'The Lord hath brought again Zion;' };
      if (id === 'ps.140.7') return { ...verse, text: 'O God the Lord, the strength' };
      if (id === 'js-h.1.3') return { ...verse, text: 'one  two' };
      if (id === 'ps.119.1')
        return { ...verse, heading: 'א Aleph', subheading: 'Blessed', pilcrow: true };
      return verse;
    });
    const { passages } = readScriptures(texts, repairs);
    const text = (book: string, chapter: number, verse: number) =>
      passages.find((p) => p.book === book && p.chapter === chapter && p.verse === verse);
    expect(text('dc', 84, 99)?.text).toMatch(
      /^The Lord hath brought again Zion; The Lord .* fathers\.$/,
    );
    expect(text('ps', 140, 7)?.text).toBe('O GOD the Lord, the strength');
    expect(text('js-h', 1, 3)?.text).toBe('one two');
    expect(text('ps', 119, 1)).toMatchObject({ heading: 'א Aleph', paragraph: true });
    const told = Object.fromEntries(repairs.all().map(({ rule, records }) => [rule, records]));
    // The made-up texts of D&C 84:100–102 are not the printed ones either.
    expect(told).toEqual({
      'dc-84-song': 4,
      'double-space': 1,
      'divine-name': 1,
      'psalm-119-subheadings': 1,
      'facsimile-images': 1,
    });
  });

  it.each([
    [
      'a verse that is missing',
      scripturesFixture((id, verse) => (id === 'alma.32.21' ? undefined : verse)),
      'alma 32',
      /43 verses/,
    ],
    [
      'a verse without text',
      altered('alma.32.21', { text: '' }),
      'books.8.chapters.31.verses.20.text',
      /./,
    ],
    ['a verse out of place', altered('gen.1.5', { verse: 7 }), 'gen.1.5', /verse 5 was expected/],
    [
      'something unknown',
      altered('gen.1.5', { pilcrow: 'yes' as unknown as boolean }),
      'books.0.chapters.0.verses.4.pilcrow',
      /./,
    ],
  ])('refuses %s, with file, record and reason', (_, texts, record, reason) => {
    const { file, record: found, reason: said } = fault(texts);
    expect(file).toMatch(/^@bencrowder\/scriptures-json\/.*\.json$/);
    expect(found).toBe(record);
    expect(said).toMatch(reason);
  });

  it('refuses a file that ends too early', () => {
    const texts = scripturesFixture();
    const cut = { ...texts, 'new-testament.json': texts['new-testament.json'].slice(0, -100) };
    expect(fault(cut).message).toMatch(/new-testament\.json: it is not valid JSON/);
  });

  it('refuses volumes that stand in each other’s place', () => {
    const texts = scripturesFixture();
    const swapped = { ...texts, 'new-testament.json': texts['pearl-of-great-price.json'] };
    expect(fault(swapped).message).toMatch(/the canon has matt/);
  });
});
