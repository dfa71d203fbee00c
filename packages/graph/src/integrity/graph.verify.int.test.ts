import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digestContent } from '../content/graph.content.ts';
import { loadGraph } from '../load/bulk.load.ts';
import { createIndexes } from '../load/graph.indexes.ts';
import type { GraphStore } from '../store/graph.store.ts';
import { keys } from '../store/store.keys.ts';
import { smallContent } from '../testing/small.content.ts';
import { activateSmall } from '../testing/small.graph.ts';
import { openTestStore } from '../testing/test.store.ts';
import { noteBacked, readRecord } from '../version/version.record.ts';
import { isHarmful } from './graph.difference.ts';
import { verifyGraph } from './graph.verify.ts';
import { quickCheck } from './quick.check.ts';

const VERSION = '0123456789ab-default';
const KEY = keys.graph(VERSION);

let store: GraphStore;

beforeAll(async () => {
  const opened = await openTestStore();
  store = opened.store;
  return opened.stop;
});

async function load(): Promise<void> {
  await store.send(['FLUSHALL']);
  await activateSmall(store, VERSION);
}

const change = (cypher: string) => store.send(['GRAPH.QUERY', KEY, cypher]);

async function details(): Promise<string[]> {
  const { ok, differences } = await verifyGraph(store, VERSION);
  expect(ok).toBe(differences.length === 0);
  return differences.map(({ detail }) => detail);
}

async function statusesOfPassageIndexes(): Promise<unknown[]> {
  return store
    .at(VERSION)
    .query(
      'all',
      "CALL db.indexes() YIELD label, status WITH label, status WHERE label = 'Passage' RETURN status",
      {},
      ({ status }) => status,
    );
}

const quick = async () => (await quickCheck(store, VERSION)).map(({ kind }) => kind);

describe('loading through GRAPH.BULK', () => {
  beforeEach(load);

  it('keeps every value', async () => {
    const rows = await store.at(VERSION).query(
      'all',
      `MATCH (a:Passage)-[r:CROSS_REF]->(b)-[q:QUOTES]->(a)-[u:USES_WORD]->(w)
       RETURN a.id AS a, r.reciprocal AS reciprocal, r.rank AS rank, q.jaccard AS jaccard,
              u.forms AS forms, w.gloss AS gloss, w.usage AS usage`,
      {},
      (row) => row,
    );
    expect(rows).toEqual([
      {
        a: 'gen.1.1',
        reciprocal: true,
        rank: 0,
        jaccard: 0.3158,
        forms: 'א ב',
        gloss: 'God "the\\ mighty\n',
        usage: null,
      },
    ]);
  });

  it('computes the checksums that the same content has without a store', async () => {
    const { checksums } = await verifyGraph(store, VERSION);
    expect(checksums).toEqual(await digestContent(smallContent()));
  });

  it('refuses a key that exists', async () => {
    await expect(loadGraph(store, KEY, smallContent())).rejects.toThrow(/already exists/);
  });
});

describe('verifyGraph', () => {
  beforeEach(load);

  it('finds nothing in a sound graph, and neither does the quick look', async () => {
    expect(await details()).toEqual([]);
    expect(await quick()).toEqual([]);
  });

  it.each<[what: string, cypher: string, seenQuickly: string[], named: (string | RegExp)[]]>([
    [
      'a deleted passage',
      'MATCH (p:Passage {id: "gen.1.2"}) DELETE p',
      ['count', 'count'],
      [
        'Passage: 2 instead of 3.',
        'NEXT: 0 instead of 2.',
        'Passage of gen: 2 instead of 3.',
        'gen.1: 2 of 3 passages; without gen.1.2.',
        'NEXT from gen.1.1: 0 instead of 1.',
      ],
    ],
    [
      'every passage deleted',
      'MATCH (p:Passage) DELETE p',
      ['count', 'count', 'count', 'count', 'count', 'count'],
      [
        'Passage: 0 instead of 3.',
        'NEXT: 0 instead of 2.',
        'CROSS_REF: 0 instead of 1.',
        'USES_WORD: 0 instead of 1.',
        'QUOTES: 0 instead of 1.',
        'MENTIONS: 0 instead of 2.',
        'Passage of gen: 0 instead of 3.',
        'gen.1: 0 of 3 passages.',
      ],
    ],
    [
      'an altered text',
      'MATCH (p:Passage {id: "gen.1.2"}) SET p.text = "altered"',
      [],
      [
        'Passage: as many as there should be, but with other content.',
        'Passage of gen: as many as there should be, but with other content.',
        'gen.1.2: text differs.',
      ],
    ],
    [
      'a word with another meaning',
      'MATCH (w:Word {id: "H2"}) SET w.gloss = "x", w.verses = 7',
      [],
      [
        'Word: as many as there should be, but with other content.',
        'Word H2: gloss and verses differ.',
      ],
    ],
    [
      'a passage given twice',
      'MATCH (p:Passage {id: "gen.1.2"}) CREATE (q:Passage) SET q = p',
      ['count'],
      [
        'Passage: 4 instead of 3.',
        'Passage of gen: 4 instead of 3.',
        'Passage gen.1.2 is there 2 times.',
      ],
    ],
    [
      'a passage that does not belong here',
      'CREATE (:Passage {id: "gen.1.4", book: "gen"})',
      ['count'],
      [
        'Passage: 4 instead of 3.',
        'Passage of gen: 4 instead of 3.',
        'Passage gen.1.4 does not belong to this corpus.',
      ],
    ],
    [
      'an altered edge',
      'MATCH ()-[r:CROSS_REF]->() SET r.rank = 1',
      [],
      [
        'CROSS_REF: as many as there should be, but with other content.',
        'CROSS_REF from gen.1.1: 1, but not those of the corpus.',
      ],
    ],
    [
      'an edge that leads elsewhere',
      'MATCH (a:Passage {id: "gen.1.1"})-[r:NEXT]->(), (c:Passage {id: "gen.1.3"}) DELETE r CREATE (a)-[:NEXT]->(c)',
      [],
      [
        'NEXT: as many as there should be, but with other content.',
        'NEXT from gen.1.1: 1, but not those of the corpus.',
      ],
    ],
    [
      'an edge to a node of the wrong kind',
      'MATCH (a:Passage {id: "gen.1.1"}), (w:Word {id: "H1"}) CREATE (a)-[:NEXT]->(w)',
      ['count'],
      [
        'NEXT: 3 instead of 2.',
        'NEXT from gen.1.1: 2 instead of 1.',
        'NEXT Passage gen.1.1 → Word H1 leads from or to a node of the wrong kind.',
      ],
    ],
    [
      'an edge given twice',
      'MATCH (a:Passage {id: "gen.1.1"}), (b:Passage {id: "gen.1.2"}) CREATE (a)-[:NEXT]->(b)',
      ['count'],
      [
        'NEXT: 3 instead of 2.',
        'NEXT from gen.1.1: 2 instead of 1.',
        'NEXT Passage gen.1.1 → Passage gen.1.2 is there more than once.',
      ],
    ],
    [
      'the same mention given twice',
      'MATCH (a:Passage {id: "gen.1.1"}), (n:Name) CREATE (a)-[:MENTIONS {word: "H1"}]->(n)',
      ['count'],
      [
        'MENTIONS: 3 instead of 2.',
        'MENTIONS from gen.1.1: 3 instead of 2.',
        'MENTIONS Passage gen.1.1 → Name adam is there more than once.',
      ],
    ],
    [
      'a missing index',
      'DROP INDEX FOR (p:Passage) ON (p.order)',
      ['missing-index'],
      ['There is no range index on Passage.order.'],
    ],
    [
      'a node of another kind',
      'CREATE (:Stranger {id: "x"})',
      ['unknown-nodes'],
      ['1 nodes are of no known label.'],
    ],
    [
      'an edge of another kind',
      'MATCH (a:Passage {id: "gen.1.1"}), (b:Word {id: "H1"}) CREATE (a)-[:LIKES]->(b)',
      ['unknown-edges'],
      ['1 edges are of no known type.'],
    ],
    [
      'a manifest that is gone',
      'MATCH (m:Manifest) DELETE m',
      ['no-manifest'],
      expect.arrayContaining(['The graph has no manifest.']),
    ],
    [
      'a manifest that says something else',
      'MATCH (m:Manifest) SET m.json = "{}"',
      ['manifest-altered'],
      expect.arrayContaining(['The manifest cannot be read.']),
    ],
    [
      'a manifest whose checksums cannot be read',
      'MATCH (m:Manifest) SET m.checksums = "{}"',
      ['manifest-altered'],
      ['The manifest cannot be read.'],
    ],
    [
      'fingerprints that name something else',
      'MATCH (m:Manifest) SET m.printsDigest = "x"',
      ['manifest-altered'],
      ['The manifest is not the one that was activated with this graph.'],
    ],
  ])('finds and names %s', async (_, cypher, seenQuickly, named) => {
    await change(cypher);
    expect(await quick()).toEqual(seenQuickly);
    expect(await details()).toEqual(named);
  });

  it('finds an index missing from the moment at which it is dropped, while the store still shows it', async () => {
    await change('UNWIND range(1, 100000) AS i CREATE (:Passage {id: toString(i), order: i})');
    await change('DROP INDEX FOR (p:Passage) ON (p.order)');
    expect(await statusesOfPassageIndexes()).toHaveLength(2);
    expect(await quick()).toContain('missing-index');
    await createIndexes(store, KEY);
    expect(await quick()).not.toContain('missing-index');
  });

  it('is not taken in when graph and manifest are altered together', async () => {
    await change('MATCH (p:Passage {id: "gen.1.2"}) SET p.text = "altered"');
    const { checksums } = await verifyGraph(store, VERSION);
    const json = JSON.stringify(checksums).replaceAll('"', '\\"');
    await change(`MATCH (m:Manifest) SET m.checksums = "${json}"`);
    expect(await details()).toEqual([
      'The manifest is not the one that was activated with this graph.',
    ]);
  });

  it('says when no record attests the manifest', async () => {
    await store.send(['DEL', keys.record(VERSION)]);
    const { ok, differences } = await verifyGraph(store, VERSION);
    expect(ok).toBe(false);
    expect(differences.map(({ kind }) => kind)).toEqual(['no-record']);
    expect(differences.some(isHarmful)).toBe(false);
  });

  it('trusts a verified backup where the record is damaged, but no manifest that neither has', async () => {
    const { digest = '' } = (await readRecord(store, VERSION)) ?? {};
    await noteBacked(store, VERSION, digest);
    await store.send(['HSET', keys.record(VERSION), 'digest', 'altered']);
    const { differences } = await verifyGraph(store, VERSION);
    expect(differences.map(({ kind }) => kind)).toEqual(['record-altered']);
    expect(differences.some(isHarmful)).toBe(false);
    await change('MATCH (m:Manifest) SET m.printsDigest = "x"');
    expect(await quick()).toEqual(['manifest-altered']);
    await store.send(['DEL', keys.backedDigest(VERSION)]);
  });

  it('says when the graph is gone', async () => {
    await store.send(['DEL', KEY]);
    expect(await details()).toEqual([`The store has no graph of version ${VERSION}.`]);
    expect(await quick()).toEqual(['no-graph']);
  });

  it('goes as slowly as it is told', async () => {
    let pages = 0;
    const pace = async () => void pages++;
    expect((await verifyGraph(store, VERSION, { pace, page: 2 })).ok).toBe(true);
    // Two nodes a page: verses on two pages, words on two, the name on one, and edges from where they begin.
    expect(pages).toBe(10);
  });
});
