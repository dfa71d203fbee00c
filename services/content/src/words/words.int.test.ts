import { nameResponse, topicsResponse, wordResponse, wordsResponse } from '@gospelib/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SmallApp, startSmallApp } from '../testing/small.app.ts';
import { CREATION_VERSES } from '../testing/small.nodes.ts';

let small: SmallApp;
beforeAll(async () => {
  small = await startSmallApp('default');
});
afterAll(() => small.stop());

describe('a word', () => {
  it('has its entry, its family, its books and its concordance', async () => {
    const word = await small.get('words/H7225', wordResponse);
    expect(word).toMatchObject({
      strongs: 'H7225',
      lemma: 'רֵאשִׁית',
      source: 'hebrew-text',
      transliteration: 'rêʼshîyth',
      forms: [{ form: 'רֵאשִׁית', count: 1 }],
      books: [{ slug: 'gen', name: 'Genesis', count: 1 }],
      concordance: { total: 1, items: [{ passage: { id: 'gen.1.1' }, forms: ['רֵאשִׁית'] }] },
    });
    expect(word.derivedFrom.map(({ strongs }) => strongs)).toEqual(['H7218']);
    const root = await small.get('words/H7218', wordResponse);
    expect(root.derivatives.map(({ strongs }) => strongs)).toEqual(['H7225']);
    expect(root.note).toBe('No verse of this corpus uses the word itself.');
  });

  it.each(['h430', 'H0430', 'h00430'])('%s is the word H430', async (typed) => {
    expect((await small.get(`words/${typed}`, wordResponse)).strongs).toBe('H430');
  });

  it('its concordance is paged in canonical order, each verse once', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const at: string = cursor === undefined ? '' : `&cursor=${cursor}`;
      const { concordance } = await small.get(`words/H430?limit=7${at}`, wordResponse);
      expect(concordance.total).toBe(CREATION_VERSES);
      seen.push(...concordance.items.map(({ passage }) => passage.id));
      cursor = concordance.next;
    } while (cursor !== undefined);
    expect(seen).toEqual(Array.from({ length: CREATION_VERSES }, (_, at) => `gen.1.${at + 1}`));
  });

  it('a Greek one of the default corpus says why it has no concordance', async () => {
    const { concordance, note } = await small.get('words/G26', wordResponse);
    expect(concordance).toEqual({ total: 0, items: [] });
    expect(note).toContain('full corpus');
  });

  it.each([
    ['G2717', /do not exist in Strong's numbering/],
    ['g03203', /do not exist in Strong's numbering/],
    ['G3302', /do not exist in Strong's numbering/],
    ['H8675', /has H1–H8674/],
    ['beginning', /asked for by its Strong's number/],
  ])('%s is not found, with the reason', async (typed, reason) => {
    const { status, detail } = await small.problem(`words/${typed}`);
    expect(status).toBe(404);
    expect(detail).toMatch(reason);
  });
});

describe('words', () => {
  it.each([
    ['αγαπη', 'G26'],
    ['ברא', 'H1254'],
    ['hesed', 'H2617'],
    ['h085', 'H85'],
    ['earth', 'H776'],
  ])('%s finds %s', async (typed, strongs) => {
    const { items } = await small.get(`words?q=${encodeURIComponent(typed)}`, wordsResponse);
    expect(items[0]?.strongs).toBe(strongs);
  });

  it('are paged', async () => {
    const first = await small.get('words?q=to&limit=2', wordsResponse);
    const second = await small.get(`words?q=to&limit=2&cursor=${first.next}`, wordsResponse);
    expect(first.total).toBe(3);
    expect([...first.items, ...second.items].map(({ strongs }) => strongs).sort()).toEqual(
      ['G25', 'H1254', 'H7462'].sort(),
    );
    expect(second.next).toBeUndefined();
  });
});

describe('a name', () => {
  it('has its words and the verses that mention it', async () => {
    const { label, words, mentions } = await small.get('names/abraham', nameResponse);
    expect([label, words.map(({ strongs }) => strongs)]).toEqual(['Abraham', ['H85']]);
    expect(mentions.items.map(({ id }) => id)).toEqual(['gen.17.5', 'gen.22.1']);
    const page = await small.get('names/abraham?limit=1', nameResponse);
    const rest = await small.get(
      `names/abraham?limit=1&cursor=${page.mentions.next}`,
      nameResponse,
    );
    expect(rest.mentions.items.map(({ id }) => id)).toEqual(['gen.22.1']);
    expect(rest.mentions.next).toBeUndefined();
  });

  it('that is unknown is not found', async () => {
    expect(await small.problem('names/nobody')).toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('topics of the default corpus', () => {
  it('are none, and one that is asked for says what has them', async () => {
    expect(await small.get('topics', topicsResponse)).toEqual({ total: 0, items: [] });
    expect((await small.problem('topics/faith')).detail).toContain('full corpus');
  });
});
