import { chapterResponse } from '@gospelib/contracts';
import {
  dropVersion,
  keys,
  listVersions,
  quarantine,
  readPointer,
  repairFromReplica,
  rollback,
} from '@gospelib/graph';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SmallApp, startSmallApp, until, VERSION } from '../testing/small.app.ts';
import { activateSmallCorpus } from '../testing/small.corpus.ts';

const CHAPTER = 'chapters/alma.32';
const KEY = keys.graph(VERSION);

let small: SmallApp;
let right: string;
beforeAll(async () => {
  small = await startSmallApp('full', undefined, { GRAPH_CHECK_MS: '100', GRAPH_ROUND_MS: '300' });
  right = (await chapter()).body;
});
afterEach(async () => {
  await activateSmallCorpus(small.store, VERSION, 'full');
  // It is served itself again, not what stood in for it.
  await until(async () => (await answered('corpus')).includes(VERSION));
  await until(async () => (await intact()) === '1');
});
afterAll(() => small.stop());

const change = (key: string, cypher: string) => small.store.send(['GRAPH.QUERY', key, cypher]);
const metrics = async () => (await small.app.inject('/metrics')).body;
const standIns = async () => /^gospelib_graph_stand_ins\{.*\} (\d)$/m.exec(await metrics())?.[1];
const intact = async () => /^gospelib_graph_intact\{.*\} (\d)$/m.exec(await metrics())?.[1];
const chapter = () => small.app.inject(`/api/v1/${CHAPTER}`);
/** The chapter as soon as there is an answer; on a machine that does much else that may take several tries. */
const answered = async (path = CHAPTER): Promise<string> => {
  let body = '';
  await until(async () => {
    const answer = await small.app.inject(`/api/v1/${path}`);
    body = answer.body;
    return answer.statusCode === 200;
  });
  return body;
};
const detected = () => until(async () => (await intact()) === '0');

const damages: [what: string, cypher: string][] = [
  ['passages deleted', 'MATCH (p:Passage {book: "alma", chapter: 32}) DELETE p'],
  ['a text altered', 'MATCH (p:Passage {id: "alma.32.21"}) SET p.text = "altered"'],
  [
    'an edge doubled',
    'MATCH (c:Chapter {id: "alma.32"})-[:HAS_VERSE]->(p) CREATE (c)-[:HAS_VERSE]->(p)',
  ],
  [
    'an edge to the wrong place',
    'MATCH (c:Chapter {id: "alma.32"}), (p:Passage {id: "gen.1.1"}) CREATE (c)-[:HAS_VERSE]->(p)',
  ],
];

describe('a sound graph', () => {
  it('is told as intact, with the time of the last look', async () => {
    await until(async () =>
      /^gospelib_graph_last_check_seconds\{.*\} \d{10}/m.test(await metrics()),
    );
    expect(await intact()).toBe('1');
    expect(await metrics()).not.toMatch(/^gospelib_graph_differences\{/m);
  });
});

describe.each(damages)('%s', (_, cypher) => {
  it('is detected; from then on every answer is right, also once it is mended', async () => {
    await change(KEY, cypher);
    await detected();
    expect(await metrics()).toMatch(/^gospelib_graph_differences\{.*kind="\w+/m);
    const answers = await Promise.all(Array.from({ length: 10 }, () => answered()));
    expect(new Set(answers)).toEqual(new Set([right]));
    expect((await small.app.inject('/ready')).statusCode).toBe(200);

    await repairFromReplica(small.store, VERSION);
    await until(async () => (await intact()) === '1');
    expect(await answered()).toBe(right);
  });
});

describe('what was remembered', () => {
  it('of a damaged graph is never served again: in memory, nor confirmed by its validator', async () => {
    // The guard sleeps, so that a wrong answer is given and remembered.
    const sleeping = { GRAPH_CHECK_MS: '3600000', GRAPH_ROUND_MS: '3600000' };
    const unguarded = await startSmallApp('full', undefined, sleeping);
    try {
      const get = (headers = {}) =>
        unguarded.app.inject({ url: '/api/v1/chapters/alma.33', headers });
      const cypher = 'MATCH (p:Passage {id: "alma.33.1"}) SET p.text = "altered"';
      await unguarded.store.send(['GRAPH.QUERY', KEY, cypher]);
      const wrong = await get();
      expect(wrong.body).toContain('altered');
      expect(wrong.headers['cache-control']).toBe('public, no-cache');
      await repairFromReplica(unguarded.store, VERSION);
      await until(async () => !(await get()).body.includes('altered'));
      const again = await get({ 'if-none-match': String(wrong.headers.etag) });
      expect([again.statusCode, again.body.includes('altered')]).toEqual([200, false]);
    } finally {
      await unguarded.stop();
    }
  });
});

describe('the key of the graph gone', () => {
  it('is noticed by a request that gets no answer, and answered from its spare', async () => {
    await small.store.send(['DEL', KEY]);
    const { verses } = chapterResponse.parse(JSON.parse(await answered('chapters/gen.1')));
    expect(verses).toHaveLength(31);
    expect(await intact()).toBe('0');
  });
});

describe('a graph that somebody condemned', () => {
  it('is told, and left for its spare', async () => {
    const pointer = await readPointer(small.store);
    if (pointer === undefined) throw new Error('There is a pointer.');
    await change(KEY, 'MATCH (p:Passage {id: "alma.32.21"}) SET p.paragraph = true');
    await quarantine(small.store, pointer);
    await detected();
    expect(await answered()).toBe(right);
  });
});

describe('a missing index', () => {
  it('is told, and served from all the same: answers are right', async () => {
    await change(KEY, 'DROP INDEX FOR (p:Passage) ON (p.order)');
    await detected();
    expect(await metrics()).toContain('kind="missing-index"');
    expect((await chapter()).body).toBe(right);
    await change(KEY, 'CREATE INDEX FOR (p:Passage) ON (p.order)');
    await until(async () => (await intact()) === '1');
  });
});

describe('a copy that could stand in', () => {
  const SPARE = keys.replica(VERSION);
  beforeEach(() => until(async () => Number(await standIns()) > 0));

  it.each([
    ['lacks passages', 'MATCH (p:Passage {id: "gen.1.2"}) DELETE p'],
    ['has an altered text', 'MATCH (p:Passage {id: "gen.1.2"}) SET p.text = "altered"'],
  ])('and %s is told before it is needed', async (_, cypher) => {
    const sound = Number(await standIns());
    await change(SPARE, cypher);
    await until(async () => Number(await standIns()) === sound - 1);
    expect(await intact()).toBe('1');
    expect((await chapter()).body).toBe(right);
  });
});

describe('graph and spare damaged alike', () => {
  const both = async (cypher: string) => {
    for (const key of [KEY, keys.replica(VERSION)]) await change(key, cypher);
  };

  it.each([
    ['lack passages', 'MATCH (p:Passage {id: "alma.32.21"}) DELETE p'],
    ['have an altered text', 'MATCH (p:Passage {id: "alma.32.21"}) SET p.text = "altered"'],
    [
      'have an altered edge',
      'MATCH (:Chapter {id: "alma.32"})-[r:HAS_VERSE]->(p {id: "alma.32.21"}) DELETE r WITH p MATCH (c:Chapter {id: "gen.1"}) CREATE (c)-[:HAS_VERSE]->(p)',
    ],
  ])('when both %s, the version before stands in', async (_, cypher) => {
    await activateSmallCorpus(small.store, 'ba9876543210-default', 'default');
    await rollback(small.store);
    await both(cypher);
    await detected();
    // At once: nobody who asks once it is known is turned away.
    const answers = await Promise.all(Array.from({ length: 10 }, chapter));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ body }) => body))).toEqual(new Set([right]));
    expect((await small.app.inject('/api/v1/corpus')).body).toContain('ba98');
  });

  it('without one nothing is served, which is said, and it is ready for the mended graph', async () => {
    for (const version of await listVersions(small.store)) {
      if (version !== VERSION) await dropVersion(small.store, version);
    }
    await both('MATCH (p:Passage {id: "alma.32.21"}) DELETE p');
    await detected();
    expect(await small.problem(CHAPTER)).toMatchObject({ status: 503, code: 'corpus-damaged' });
    expect((await small.app.inject('/ready')).statusCode).toBe(200);
    await activateSmallCorpus(small.store, VERSION, 'full');
    await until(async () => (await chapter()).statusCode === 200);
    expect((await chapter()).body).toBe(right);
  });
});
