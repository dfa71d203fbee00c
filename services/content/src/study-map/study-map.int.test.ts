import { type StudyMapResponse, studyMapResponse } from '@gospelib/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SmallApp, startSmallApp } from '../testing/small.app.ts';

let small: SmallApp;
beforeAll(async () => {
  small = await startSmallApp('full');
});
afterAll(() => small.stop());

const map = (id: string, query = '') => small.get(`graph/${id}${query}`, studyMapResponse);
const ids = ({ nodes }: StudyMapResponse) => nodes.map(({ id }) => id);
const edgeOf = ({ edges }: StudyMapResponse, source: string, target: string) =>
  edges.find((edge) => edge.source === source && edge.target === target);

describe('a study map', () => {
  it('opens around a verse, each edge with its reason', async () => {
    const around = await map('john.3.16');
    expect(ids(around)).toEqual([
      ...['john.3.16', '1-jn.4.9', 'G25', 'topic:faith'],
      ...['john.1.14', 'rom.5.8', 'rom.8.32'],
    ]);
    expect(edgeOf(around, 'john.3.16', 'G25')?.reason).toBe(
      "The King James Version's Strong's tags give this word for “loved” in John 3:16.",
    );
    expect(around.nodes[0]).toMatchObject({ kind: 'passage', label: 'John 3:16', depth: 0 });
    expect(edgeOf(around, 'john.3.16', '1-jn.4.9')).toEqual({
      source: 'john.3.16',
      target: '1-jn.4.9',
      kind: 'cross-reference',
      reason: 'John 3:16 and 1 John 4:9 refer to each other; verses connected to both: 9.',
      derived: false,
    });
    expect(edgeOf(around, 'topic:faith', 'john.3.16')?.kind).toBe('topic');
    expect(around.truncated).toBe(false);
  });

  it('walks from a verse over its words to their roots', async () => {
    const deep = await map('gen.1.1', '?depth=3&kinds=word,derivation');
    expect(deep.nodes.find(({ id }) => id === 'H7218')).toMatchObject({ kind: 'word', depth: 2 });
    expect(edgeOf(deep, 'H7225', 'H7218')?.reason).toBe(
      "Strong's dictionary derives רֵאשִׁית from רֹאשׁ.",
    );
    expect(edgeOf(deep, 'gen.1.1', 'H776')?.reason).toBe(
      'Stands in the Hebrew of Genesis 1:1 as הָאָרֶץ, אֶרֶץ.',
    );
    expect(new Set(deep.edges.map(({ kind }) => kind))).toEqual(new Set(['word', 'derivation']));
  });

  it.each([
    ['h0430', 'H430', 'word'],
    ['abraham', 'abraham', 'name'],
    ['topic:faith', 'topic:faith', 'topic'],
    ['faith', 'topic:faith', 'topic'],
    ['aaron', 'aaron', 'name'],
    ['topic:aaron', 'topic:aaron', 'topic'],
    ['2-ne.12.2', '2-ne.12.2', 'passage'],
  ])('opens around %s', async (id, root, kind) => {
    const around = await map(id);
    expect([around.root, around.nodes[0]?.kind]).toEqual([root, kind]);
    expect(around.nodes.length).toBeGreaterThan(1);
  });

  it('never holds more than asked for, and spreads over kinds and nodes', async () => {
    const around = await map('gen.1.1', '?depth=2&limit=12');
    expect(around.nodes).toHaveLength(12);
    expect(around.truncated).toBe(true);
    const first = around.nodes.filter(({ depth }) => depth === 1).map(({ kind }) => kind);
    expect(first.slice(0, 4)).toEqual(['passage', 'word', 'passage', 'word']);
    const deep = await map('john.3.16', '?depth=2&limit=6');
    expect(deep.nodes.map(({ depth }) => depth)).toEqual([0, 1, 1, 2, 1, 1]);
    expect((await map('gen.1.1', '?depth=3&limit=300')).nodes.length).toBeLessThanOrEqual(300);
    expect((await map('gen.1.1', '?limit=1')).nodes).toHaveLength(1);
  });

  it('holds only edges between its nodes, each once, all of it connected', async () => {
    for (const path of [
      'gen.1.1?depth=3',
      'john.3.16?depth=3',
      'H430?depth=2',
      'topic:faith?depth=3',
    ]) {
      const around = await map(path);
      const known = new Set(ids(around));
      expect(known.size).toBe(around.nodes.length);
      const pairs = around.edges.map(({ kind, source, target }) =>
        [kind, ...[source, target].sort()].join(' '),
      );
      expect(new Set(pairs).size).toBe(pairs.length);
      for (const { source, target } of around.edges) {
        expect(known.has(source) && known.has(target)).toBe(true);
      }
      for (const node of around.nodes.slice(1)) {
        const near = around.edges.flatMap(({ source, target }) =>
          source === node.id ? [target] : target === node.id ? [source] : [],
        );
        const depths = near.map((id) => around.nodes.find((other) => other.id === id)?.depth);
        expect(depths, node.id).toContain(node.depth - 1);
      }
    }
  });

  it('shows only the kinds asked for', async () => {
    const around = await map('gen.17.5', '?kinds=name');
    expect(around.nodes.map(({ kind }) => kind)).toEqual(['passage', 'name']);
  });

  it.each([
    ['graph/nobody', 404, 'not-found'],
    ['graph/gen.99.1', 404, 'not-found'],
    ['graph/topic:nope', 404, 'not-found'],
    ['graph/gen.1.1?depth=4', 400, 'invalid-input'],
    ['graph/gen.1.1?limit=301', 400, 'invalid-input'],
    ['graph/gen.1.1?kinds=magic', 400, 'invalid-input'],
    ['graph/gen.1.1?kinds=', 400, 'invalid-input'],
  ])('%s is refused', async (path, status, code) => {
    expect(await small.problem(path)).toMatchObject({ status, code });
  });
});
