import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PropertyValue } from '../schema/graph.schema.ts';
import { GraphDigest } from './graph.digest.ts';

type Values = (PropertyValue | undefined)[];

const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(undefined),
);
const rows = fc.uniqueArray(fc.tuple(fc.string(), value, value), {
  selector: ([id]) => id,
  minLength: 1,
});

function nodesDigest(list: readonly Values[], places = list.map((_, place) => place)): string {
  const digest = new GraphDigest();
  list.forEach((values, index) => {
    digest.addNode('Name', places[index] ?? index, values);
  });
  return digest.checksums().nodes.Name?.checksum ?? '';
}

describe('GraphDigest', () => {
  it('does not depend on the order of rows nor on their places in the store', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const turned = list.toReversed();
        const places = turned.map((_, index) => index * 7 + 3);
        expect(nodesDigest(turned, places)).toBe(nodesDigest(list));
      }),
    );
  });

  it('tells apart any two lists that differ in one property', () => {
    fc.assert(
      fc.property(rows, value, (list, other) => {
        const [first, ...rest] = list;
        if (!first || Object.is(first[1], other)) return;
        expect(nodesDigest([[first[0], other, first[2]], ...rest])).not.toBe(nodesDigest(list));
      }),
    );
  });

  it('does not let neighbouring properties run into each other', () => {
    expect(nodesDigest([['a', 'bc', 'd']])).not.toBe(nodesDigest([['a', 'b', 'cd']]));
  });

  it('hashes edges by the ids of their ends, not by places', () => {
    const edge = (places: [number, number], ids: [string, string]) => {
      const digest = new GraphDigest();
      digest.addNode('Word', places[0], [ids[0]]);
      digest.addNode('Word', places[1], [ids[1]]);
      digest.addEdge('DERIVED_FROM', ...places, []);
      return digest.checksums().edges.DERIVED_FROM?.checksum;
    };
    expect(edge([5, 9], ['H1', 'H2'])).toBe(edge([0, 1], ['H1', 'H2']));
    expect(edge([0, 1], ['H2', 'H1'])).not.toBe(edge([0, 1], ['H1', 'H2']));
  });

  it('knows the passages by book and the labels by place', () => {
    const digest = new GraphDigest();
    digest.addNode('Passage', 70_000, ['alma.1.1', 'alma', 1, 1, 0, 'text']);
    expect(digest.checksums().books.alma?.rows).toBe(1);
    expect(digest.labelAt(70_000)).toBe('Passage');
    expect(digest.labelAt(69_999)).toBeUndefined();
  });
});
