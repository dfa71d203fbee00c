import { type ConnectionsResponse, connectionsResponse, wordResponse } from '@gospelib/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SmallApp, startSmallApp } from '../testing/small.app.ts';
import { MANY_REFERENCES } from '../testing/small.edges.ts';

let small: SmallApp;
beforeAll(async () => {
  small = await startSmallApp('full');
});
afterAll(() => small.stop());

const of = (id: string, query = '') =>
  small.get(`passages/${id}/connections${query}`, connectionsResponse);
const idsOf = (group: ConnectionsResponse['groups'][number] | undefined) =>
  group?.items.map((item) => ('passage' in item ? item.passage.id : ''));

describe('connections of a verse', () => {
  it('come by kind in the fixed order, and only kinds that there are', async () => {
    const { passage, groups } = await of('gen.1.1');
    expect(passage.reference).toBe('Genesis 1:1');
    expect(groups.map(({ kind, total }) => [kind, total])).toEqual([
      ['cross-reference', MANY_REFERENCES],
      ['word', 5],
      ['commentary', 1],
    ]);
  });

  it('cross-references: its own in their rank, then verses that only refer to it', async () => {
    const { groups } = await of('john.3.16', '?kind=cross-reference');
    expect(groups).toHaveLength(1);
    expect(idsOf(groups[0])).toEqual([
      ...['1-jn.4.9', 'john.1.14', 'rom.5.8', 'rom.8.32'],
      ...['isa.53.6', 'gen.22.12'],
    ]);
    expect(groups[0]?.items.map((item) => 'direction' in item && item.direction)).toEqual([
      ...['both', 'both', 'to', 'to'],
      ...['from', 'from'],
    ]);
    expect(groups[0]?.items[0]).toMatchObject({
      sharedNeighbours: 9,
      reason: 'Each verse refers to the other; 9 further verses are connected to both.',
      derived: false,
    });
  });

  it('quotations in both directions', async () => {
    const [quoting] = (await of('2-ne.12.2')).groups;
    expect(quoting?.items[0]).toMatchObject({
      kind: 'quotation',
      direction: 'quotes',
      passage: { id: 'isa.2.2' },
      sharedShingles: 30,
      similarity: 0.86,
      derived: true,
    });
    const [quoted] = (await of('isa.2.2')).groups;
    expect(quoted?.items[0]).toMatchObject({
      direction: 'quoted-by',
      passage: { id: '2-ne.12.2' },
    });
  });

  it('words in the order of the verse, with their forms and meaning', async () => {
    const { groups } = await of('gen.1.1', '?kind=word');
    const words = groups[0]?.items.map((item) => (item.kind === 'word' ? item : undefined));
    expect(words?.map((use) => use?.word.strongs)).toEqual([
      'H7225',
      'H1254',
      'H430',
      'H8064',
      'H776',
    ]);
    expect(words?.[4]).toMatchObject({
      word: { lemma: 'אֶרֶץ', gloss: 'the earth', language: 'hebrew' },
      source: 'hebrew-text',
      forms: ['הָאָרֶץ', 'אֶרֶץ'],
      verses: 1,
      reason: 'Stands in the Hebrew of this verse as הָאָרֶץ, אֶרֶץ.',
    });
  });

  it("a Greek word by the tag of a translation, which is no Greek text's", async () => {
    expect((await of('john.3.16', '?kind=word')).groups[0]?.items).toMatchObject([
      {
        word: { strongs: 'G25' },
        source: 'kjv-tag',
        forms: ['loved'],
        reason: "The King James Version's Strong's tags give this word for “loved” in this verse.",
      },
    ]);
    expect(await small.get('words/G25', wordResponse)).toMatchObject({
      source: 'kjv-tag',
      concordance: { total: 1, items: [{ passage: { id: 'john.3.16' }, forms: ['loved'] }] },
      note: expect.stringContaining('this corpus has no Greek text'),
    });
  });

  it('names, topics and commentary', async () => {
    const { groups } = await of('gen.22.1');
    expect(groups.map(({ kind, total }) => [kind, total])).toEqual([
      ['word', 1],
      ['name', 1],
    ]);
    expect(groups[1]?.items[0]).toMatchObject({
      name: { id: 'abraham', label: 'Abraham' },
      verses: 2,
    });
    expect((await of('john.3.16', '?kind=topic')).groups[0]?.items).toEqual([
      {
        kind: 'topic',
        topic: { slug: 'faith', name: 'Faith' },
        reason: "Listed for this verse under “Faith” in Nave's Topical Bible.",
        derived: false,
      },
    ]);
    expect((await of('gen.1.2', '?kind=commentary')).groups[0]?.items[0]).toMatchObject({
      covers: 'Genesis 1:1–2',
      text: 'The first verse of the Bible.',
    });
  });

  it('are paged within a kind, each once', async () => {
    const seen: (string | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const at: string = cursor === undefined ? '' : `&cursor=${cursor}`;
      const { groups } = await of('gen.1.1', `?kind=cross-reference&limit=10${at}`);
      seen.push(...(idsOf(groups[0]) ?? []));
      cursor = groups[0]?.next;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(MANY_REFERENCES);
    expect(new Set(seen).size).toBe(MANY_REFERENCES);
    expect(seen.slice(0, 7)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `ps.1.${n}`).concat('ps.2.1'));
  });

  it('a verse without any has none', async () => {
    expect((await of('enos.1.5')).groups).toEqual([]);
  });

  it('of a range are those of all its verses, each once, with the verses that have it', async () => {
    const { passage, groups } = await of('gen.17.5..gen.22.1');
    expect(passage).toMatchObject({ reference: 'Genesis 17:5–22:1' });
    const at = ['gen.17.5', 'gen.22.1'];
    expect(groups.map(({ kind, items }) => [kind, items])).toEqual([
      ['word', [expect.objectContaining({ at, forms: ['אַבְרָהָם'] })]],
      ['name', [expect.objectContaining({ at, name: { id: 'abraham', label: 'Abraham' } })]],
    ]);
    const pair = (await of('gen.1.1-2')).groups;
    expect(pair.map(({ kind, total }) => [kind, total])).toEqual([
      ['cross-reference', MANY_REFERENCES],
      ['word', 5],
      ['commentary', 1],
    ]);
    expect(pair[2]?.items[0]?.at).toEqual(['gen.1.1', 'gen.1.2']);
    expect((await of('gen.1.1')).groups[0]?.items[0]).not.toHaveProperty('at');
  });

  it('of a range that is longer than any chapter are refused', async () => {
    const path = 'passages/gen.1.1..gen.50.26/connections';
    expect(await small.problem(path)).toMatchObject({ status: 400, code: 'invalid-input' });
  });

  it('a cursor of another kind, or without its kind, is refused', async () => {
    const { groups } = await of('gen.1.1', '?kind=cross-reference&limit=10');
    const cursor = groups[0]?.next;
    const path = `passages/gen.1.1/connections?cursor=${cursor}`;
    expect(await small.problem(`${path}&kind=word`)).toMatchObject({
      status: 400,
      code: 'bad-cursor',
    });
    expect(await small.problem(path)).toMatchObject({ status: 400, code: 'invalid-input' });
  });

  it.each(['gen.1', 'gen.99.1', 'matt.5.3', 'John 3:16', 'ps.3.0', 'x'])(
    '%s has no connections to ask for',
    async (id) => {
      const path = `passages/${encodeURIComponent(id)}/connections`;
      expect(await small.problem(path)).toMatchObject({ status: 404, code: 'not-found' });
    },
  );
});
