import type { MapEdge, MapNode, StudyMapResponse } from '@gospelib/contracts';
import { describe, expect, it } from 'vitest';
import { countKinds, MAX_NODES, mergeMaps, tiesOf } from './map.model.ts';

const node = (id: string, depth: number): MapNode => ({ id, kind: 'passage', label: id, depth });
const edge = (source: string, target: string, kind: MapEdge['kind'] = 'word'): MapEdge => ({
  source,
  target,
  kind,
  reason: `${source} and ${target}`,
  derived: false,
});
const answer = (root: string, ids: string[], edges: MapEdge[]): StudyMapResponse => ({
  root,
  nodes: [node(root, 0), ...ids.map((id) => node(id, 1))],
  edges,
  truncated: false,
});

describe('mergeMaps', () => {
  const first = answer('a', ['b', 'c'], [edge('a', 'b'), edge('a', 'c', 'name')]);
  const opened = answer('b', ['a', 'd'], [edge('b', 'a'), edge('b', 'd')]);
  const model = mergeMaps(first, [opened]);

  it('holds each node and edge once, and measures depth from the root', () => {
    expect([...model.nodes.values()].map(({ id, depth }) => [id, depth])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 1],
      ['d', 2],
    ]);
    expect(model.edges.size).toBe(3);
  });

  it('sees ties from either end', () => {
    expect(tiesOf(model, 'b').map(({ other }) => other.id)).toEqual(['a', 'd']);
    expect(tiesOf(model, 'nowhere')).toEqual([]);
  });

  it('counts kinds', () => {
    expect([...countKinds(model)]).toEqual([
      ['word', 2],
      ['name', 1],
    ]);
  });

  it('stays within its bound, says so, and has no edge into nothing', () => {
    const many = Array.from({ length: MAX_NODES + 50 }, (_, i) => `n${i}`);
    const large = mergeMaps(
      answer(
        'a',
        many,
        many.map((id) => edge('a', id)),
      ),
      [],
    );
    expect(large.nodes.size).toBe(MAX_NODES);
    expect(large.edges.size).toBe(MAX_NODES - 1);
    expect(large.truncated).toBe(true);
  });
});
