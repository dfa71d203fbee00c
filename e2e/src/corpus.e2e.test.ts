import type { ChapterResponse, CorpusResponse, VolumesResponse } from '@gospelib/contracts';
import { describe, expect, inject, it } from 'vitest';
import { platformAt } from './platform.ts';

const { origin } = platformAt(inject('place'));

async function get<T>(path: string): Promise<T> {
  const response = await fetch(`${origin}/api/v1/${path}`);
  expect(response.status, path).toBe(200);
  return (await response.json()) as T;
}

describe('the default corpus', () => {
  it('has the counts that were measured on its sources', async () => {
    const { edition, counts } = await get<CorpusResponse>('corpus');
    expect(counts.nodes).toMatchObject({
      Volume: 5,
      Book: 87,
      Chapter: 1582,
      Passage: 41_995,
      Word: 14_197,
      Name: 2369,
    });
    expect(counts.edges).toMatchObject({
      HAS_BOOK: 87,
      HAS_CHAPTER: 1582,
      HAS_VERSE: 41_995,
      NEXT: 41_908,
      CROSS_REF: 386_473,
      DERIVED_FROM: 14_168,
      QUOTES: 833,
      MENTIONS: 25_990,
      USES_WORD: edition === 'full' ? 263_242 + 104_734 : 263_242,
    });
  });

  it('states the licence and attribution of every source', async () => {
    const { sources } = await get<CorpusResponse>('corpus');
    expect(sources.length).toBeGreaterThanOrEqual(4);
    for (const { id, licence, attribution } of sources) {
      expect(licence, id).not.toBe('');
      expect(attribution, id).not.toBe('');
    }
  });

  it('serves every chapter, linked to the next from Genesis 1 to the last Article of Faith', async () => {
    const { volumes } = await get<VolumesResponse>('volumes');
    const byVolume = volumes.map(({ id, books }) => [id, books.reduce((n, b) => n + b.verses, 0)]);
    expect(byVolume).toEqual([
      ['ot', 23_145],
      ['nt', 7957],
      ['bofm', 6604],
      ['dc-testament', 3654],
      ['pgp', 635],
    ]);
    let id: string | undefined = 'gen.1';
    let chapters = 0;
    const verses = new Set<string>();
    while (id !== undefined) {
      const chapter: ChapterResponse = await get<ChapterResponse>(`chapters/${id}`);
      for (const verse of chapter.verses) {
        expect(verse.text.trim(), verse.id).not.toBe('');
        verses.add(verse.id);
      }
      chapters += 1;
      id = chapter.next?.id;
    }
    expect(chapters).toBe(1582);
    expect(verses.size).toBe(41_995);
  });

  it.each([
    ['dc.84.99', 'covenant of their fathers.'],
    ['dc.84.102', 'Forever and ever, Amen.'],
    ['ps.140.7', 'O GOD'],
  ])('carries the mend of %s', async (id, words) => {
    const { ranges } = await get<{ ranges: { verses: { text: string }[] }[] }>(`passages/${id}`);
    expect(ranges[0]?.verses[0]?.text).toContain(words);
  });
});
