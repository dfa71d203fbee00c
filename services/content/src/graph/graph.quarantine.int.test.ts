import { chapterResponse } from '@gospelib/contracts';
import {
  dropVersion,
  keys,
  listVersions,
  noteBacked,
  type Pointer,
  quarantine,
  readAttestation,
  readPointer,
  repairFromReplica,
  rollback,
  writeVerdict,
} from '@gospelib/graph';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SmallApp, startSmallApp, until, VERSION } from '../testing/small.app.ts';
import { activateSmallCorpus, FEW_BOOKS } from '../testing/small.corpus.ts';

const CHAPTER = 'chapters/moses.1';
const KEY = keys.graph(VERSION);
const REPLICA = keys.replica(VERSION);
const BEFORE = 'ba9876543210-default';

let small: SmallApp;
let right: string;
beforeAll(async () => {
  small = await startSmallApp('full', undefined, FEW_BOOKS);
  right = (await chapter()).body;
});
afterEach(async () => {
  await activateSmallCorpus(small.store, VERSION, 'full', FEW_BOOKS);
  await untilServed(VERSION);
});
afterAll(() => small.stop());

const change = (key: string, cypher: string) => small.store.send(['GRAPH.QUERY', key, cypher]);
const chapter = () => small.app.inject(`/api/v1/${CHAPTER}`);
/** Whether the graph that the pointer names is served: no fallback, no earlier graph. */
const isActive = async () => {
  const { body } = await small.app.inject('/metrics');
  return /^gospelib_corpus_active\{.*\} 1$/m.test(body);
};
const untilServed = (version: string) =>
  until(async () => (await isActive()) && (await versionServed()).includes(version));
const versionServed = async () => (await small.app.inject('/api/v1/corpus')).body;
/** The chapter, or why there is none; on a busy machine the store may not answer in time, which is another matter. */
const chapterFromStore = async () => {
  let answer = await chapter();
  await until(async () => {
    if (!answer.body.includes('does not answer at the moment')) return true;
    answer = await chapter();
    return false;
  });
  return answer;
};
/** The chapter as soon as there is an answer; on a busy machine that may take several tries. */
const answered = async (path = CHAPTER): Promise<string> => {
  let body = '';
  await until(async () => {
    const answer = await small.app.inject(`/api/v1/${path}`);
    body = answer.body;
    return answer.statusCode === 200;
  });
  return body;
};
const pointerNow = async (): Promise<Pointer> => {
  const pointer = await readPointer(small.store);
  if (pointer === undefined) throw new Error('There is a pointer.');
  return pointer;
};
/** As the auditor does; the service follows with its next poll. */
const quarantineActive = async () => {
  await quarantine(small.store, await pointerNow());
  await until(async () => !(await isActive()));
};

const damages: [what: string, cypher: string][] = [
  ['passages deleted', 'MATCH (p:Passage {book: "moses", chapter: 1}) DELETE p'],
  ['a text altered', 'MATCH (p:Passage {id: "moses.1.39"}) SET p.text = "altered"'],
  [
    'an edge doubled',
    'MATCH (c:Chapter {id: "moses.1"})-[:HAS_VERSE]->(p) CREATE (c)-[:HAS_VERSE]->(p)',
  ],
  [
    'an edge to the wrong place',
    'MATCH (c:Chapter {id: "moses.1"}), (p:Passage {id: "jude.1.1"}) CREATE (c)-[:HAS_VERSE]->(p)',
  ],
];

describe.each(damages)('%s', (_, cypher) => {
  it('is quarantined; from then on every answer is right, also once it is repaired', async () => {
    await change(KEY, cypher);
    await quarantineActive();
    const answers = await Promise.all(Array.from({ length: 10 }, () => answered()));
    expect(new Set(answers)).toEqual(new Set([right]));
    expect(await isActive()).toBe(false);
    expect((await small.app.inject('/ready')).statusCode).toBe(200);

    await repairFromReplica(small.store, VERSION);
    await until(isActive);
    expect(await answered()).toBe(right);
  });
});

describe('a text altered together with the record of its version', () => {
  it('is answered from the replica, for which a verified backup vouches, and repaired from it', async () => {
    const { recorded = '' } = await readAttestation(small.store, VERSION);
    await noteBacked(small.store, VERSION, recorded);
    await change(KEY, 'MATCH (p:Passage {id: "moses.1.39"}) SET p.text = "altered"');
    await small.store.send(['HSET', keys.record(VERSION), 'digest', 'altered']);
    await quarantineActive();
    expect(await answered()).toBe(right);
    await repairFromReplica(small.store, VERSION);
    await until(isActive);
    expect(await answered()).toBe(right);
    expect(await readAttestation(small.store, VERSION)).toMatchObject({ recorded });
  });
});

describe('what was remembered', () => {
  it('of a damaged graph is never served again: in memory, nor confirmed by its validator', async () => {
    const get = (headers = {}) => small.app.inject({ url: '/api/v1/chapters/moses.2', headers });
    // Nobody audits the graph, so that a wrong answer is given and remembered.
    await change(KEY, 'MATCH (p:Passage {id: "moses.2.1"}) SET p.text = "altered"');
    const wrong = await get();
    expect(wrong.body).toContain('altered');
    expect(wrong.headers['cache-control']).toBe('public, no-cache');
    await repairFromReplica(small.store, VERSION);
    await until(async () => !(await get()).body.includes('altered'));
    const again = await get({ 'if-none-match': String(wrong.headers.etag) });
    expect([again.statusCode, again.body.includes('altered')]).toEqual([200, false]);
  });
});

describe('the key of the graph gone', () => {
  it('is noticed by a request that gets no answer, and answered from its replica', async () => {
    await small.store.send(['DEL', KEY]);
    const { verses } = chapterResponse.parse(JSON.parse(await answered('chapters/jude.1')));
    expect(verses).toHaveLength(25);
    expect((await pointerNow()).quarantined).toBeUndefined();
  });
});

describe('a missing index', () => {
  it('is served from: answers are right', async () => {
    await change(KEY, 'DROP INDEX FOR (p:Passage) ON (p.order)');
    expect((await chapter()).body).toBe(right);
  });
});

describe('graph and replica damaged alike', () => {
  const both = async (cypher: string) => {
    for (const key of [KEY, REPLICA]) await change(key, cypher);
  };

  it.each([
    ['lack passages', 'MATCH (p:Passage {id: "moses.1.39"}) DELETE p'],
    ['have an altered text', 'MATCH (p:Passage {id: "moses.1.39"}) SET p.text = "altered"'],
    [
      'have an altered edge',
      'MATCH (:Chapter {id: "moses.1"})-[r:HAS_VERSE]->(p {id: "moses.1.39"}) DELETE r WITH p MATCH (c:Chapter {id: "jude.1"}) CREATE (c)-[:HAS_VERSE]->(p)',
    ],
  ])('when both %s, the version before is served', async (_, cypher) => {
    await activateSmallCorpus(small.store, BEFORE, 'default', FEW_BOOKS);
    await untilServed(BEFORE);
    await rollback(small.store);
    await untilServed(VERSION);
    await both(cypher);
    await quarantineActive();
    // Once the quarantine is known, requests wait for the fallback instead of failing.
    const answers = await Promise.all(Array.from({ length: 10 }, chapterFromStore));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ body }) => body))).toEqual(new Set([right]));
    expect(await versionServed()).toContain('ba98');
  });

  it('without one nothing is served, which is said, and it is ready for the repaired graph', async () => {
    for (const version of await listVersions(small.store)) {
      if (version !== VERSION) await dropVersion(small.store, version);
    }
    await both('MATCH (p:Passage {id: "moses.1.39"}) DELETE p');
    await quarantineActive();
    await until(async () => (await chapter()).statusCode === 503);
    expect(await small.problem(CHAPTER)).toMatchObject({ status: 503, code: 'corpus-damaged' });
    expect((await small.app.inject('/ready')).statusCode).toBe(200);
    await activateSmallCorpus(small.store, VERSION, 'full', FEW_BOOKS);
    await until(async () => (await chapter()).statusCode === 200);
    expect((await chapter()).body).toBe(right);
  });
});

describe('a verdict of the auditor', () => {
  const ALTER = 'MATCH (p:Passage {id: "moses.1.39"}) SET p.text = "altered"';
  const tell = async (sound: boolean, sinceQuarantine: boolean, id = 'a') => {
    const { activation } = await pointerNow();
    await writeVerdict(small.store, REPLICA, { id, activation, sound, sinceQuarantine }, 60_000);
  };
  beforeEach(async () => {
    await activateSmallCorpus(small.store, BEFORE, 'full', FEW_BOOKS);
    await untilServed(BEFORE);
    await rollback(small.store);
    await untilServed(VERSION);
  });

  it('that a fallback is sound since the quarantine makes its verification unnecessary', async () => {
    await change(REPLICA, ALTER);
    await tell(true, true);
    await quarantineActive();
    // Only whoever does not verify the replica serves its altered text.
    expect(await answered()).toContain('altered');
  });

  it('that a fallback was sound before the quarantine changes nothing', async () => {
    await change(REPLICA, ALTER);
    await tell(true, false);
    await quarantineActive();
    expect(await answered()).toBe(right);
    expect(await versionServed()).toContain(BEFORE);
  });

  it('that a fallback is damaged makes it the last choice', async () => {
    await tell(false, false);
    await quarantineActive();
    expect(await answered()).toBe(right);
    expect(await versionServed()).toContain(BEFORE);
  });

  it('that the served fallback is damaged makes the next one serve', async () => {
    await quarantineActive();
    expect(await answered('corpus')).toContain(VERSION);
    await tell(false, true, 'later');
    await until(async () => (await versionServed()).includes(BEFORE));
    expect(await answered()).toBe(right);
  });
});
