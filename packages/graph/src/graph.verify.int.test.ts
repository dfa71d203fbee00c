import { startTestFalkor } from '@gospelib/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadGraph } from './bulk.load.ts';
import { digestContent } from './graph.content.ts';
import { smallContent } from './graph.fixture.ts';
import { createIndexes } from './graph.indexes.ts';
import { writeManifest } from './graph.manifest.ts';
import { connectGraph, type GraphStore } from './graph.store.ts';
import { verifyGraph } from './graph.verify.ts';
import { keys } from './schema.ts';

const VERSION = '0123456789ab-default';
const KEY = keys.graph(VERSION);

let falkor: Awaited<ReturnType<typeof startTestFalkor>>;
let store: GraphStore;

beforeAll(async () => {
  falkor = await startTestFalkor();
  store = connectGraph(falkor.url);
  await store.whenReady(5_000);
});
afterAll(async () => {
  await store.close();
  await falkor.stop();
});

async function load(): Promise<void> {
  await store.send(['FLUSHALL']);
  const { checksums } = await loadGraph(store, KEY, smallContent());
  await createIndexes(store, KEY);
  const corpus = {
    version: VERSION,
    edition: 'default' as const,
    sources: [],
    counts: { nodes: {}, edges: {} },
    checksum: 'say "hello" \\ to a\ncheck',
    mends: [],
    derived: [],
  };
  await writeManifest(store, KEY, { corpus, checksums });
}

const change = (cypher: string) => store.send(['GRAPH.QUERY', KEY, cypher]);

async function differences(): Promise<string[]> {
  const { ok, differences } = await verifyGraph(store, VERSION);
  expect(ok).toBe(differences.length === 0);
  return differences.map(({ kind, subject }) => `${kind} ${subject}`);
}

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

  it('finds nothing in a sound graph', async () => {
    expect(await differences()).toEqual([]);
  });

  it.each([
    [
      'a deleted passage',
      'MATCH (p:Passage {id: "gen.1.2"}) DELETE p',
      ['count Passage', 'count Passage of gen', 'count NEXT'],
    ],
    [
      'an altered text',
      'MATCH (p:Passage {id: "gen.1.2"}) SET p.text = "altered"',
      ['checksum Passage', 'checksum Passage of gen'],
    ],
    ['an altered edge', 'MATCH ()-[r:CROSS_REF]->() SET r.rank = 1', ['checksum CROSS_REF']],
    [
      'an edge that leads elsewhere',
      'MATCH (a:Passage {id: "gen.1.1"})-[r:NEXT]->(), (c:Passage {id: "gen.1.3"}) DELETE r CREATE (a)-[:NEXT]->(c)',
      ['checksum NEXT'],
    ],
    [
      'an edge to a node of the wrong kind',
      'MATCH (a:Passage {id: "gen.1.1"}), (w:Word {id: "H1"}) CREATE (a)-[:NEXT]->(w)',
      ['count NEXT', 'dangling-edge NEXT'],
    ],
    [
      'an edge given twice',
      'MATCH (a:Passage {id: "gen.1.1"}), (b:Passage {id: "gen.1.2"}) CREATE (a)-[:NEXT]->(b)',
      ['count NEXT', 'duplicate-edge NEXT'],
    ],
    [
      'the same mention given twice',
      'MATCH (a:Passage {id: "gen.1.1"}), (n:Name) CREATE (a)-[:MENTIONS {word: "H1"}]->(n)',
      ['count MENTIONS', 'duplicate-edge MENTIONS'],
    ],
    ['a missing index', 'DROP INDEX FOR (p:Passage) ON (p.order)', ['missing-index Passage.order']],
    ['a node of another kind', 'CREATE (:Stranger {id: "x"})', ['unknown-nodes nodes']],
    [
      'an edge of another kind',
      'MATCH (a:Passage {id: "gen.1.1"}), (b:Word {id: "H1"}) CREATE (a)-[:LIKES]->(b)',
      ['unknown-edges edges'],
    ],
  ])('finds %s', async (_, cypher, found) => {
    await change(cypher);
    expect(await differences()).toEqual(found);
  });

  it('misses the manifest', async () => {
    await change('MATCH (m:Manifest) DELETE m');
    expect(await differences()).toContain('no-manifest Manifest');
  });
});
