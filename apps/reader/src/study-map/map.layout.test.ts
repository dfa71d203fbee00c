import type { MapEdge, MapNode } from '@gospelib/contracts';
import { expect, it } from 'vitest';
import { layOut } from './map.layout.ts';
import { mergeMaps } from './map.model.ts';

const node = (id: string, depth: number): MapNode => ({ id, kind: 'passage', label: id, depth });
const edge = (source: string, target: string, kind: MapEdge['kind'] = 'word'): MapEdge => ({
  source,
  target,
  kind,
  reason: '',
  derived: false,
});

const inner = Array.from({ length: 12 }, (_, i) => `a${i}`);
const outer = Array.from({ length: 8 }, (_, i) => `b${i}`);
const model = mergeMaps(
  {
    root: 'root',
    nodes: [node('root', 0), ...inner.map((id) => node(id, 1)), ...outer.map((id) => node(id, 2))],
    edges: [
      ...inner.map((id) => edge('root', id)),
      ...outer.map((id) => edge('a0', id)),
      edge('a3', 'b0'),
    ],
    truncated: false,
  },
  [],
);

const radius = ({ x, y }: { x: number; y: number }) => Math.hypot(x, y);

it('puts the root in the middle and each step farther out', () => {
  const places = layOut(model, 1);
  expect(places.size).toBe(model.nodes.size);
  const at = (id: string) => radius(places.get(id) ?? { x: Number.NaN, y: 0 });
  expect(at('root')).toBe(0);
  expect(Math.max(...inner.map(at))).toBeLessThan(Math.min(...outer.map(at)));
});

it('takes the shape of the room, as far as rings remain rings', () => {
  const shape = (aspect: number) => {
    const places = [...layOut(model, aspect).values()];
    const span = (values: number[]) => Math.max(...values) - Math.min(...values);
    return span(places.map(({ x }) => x)) / span(places.map(({ y }) => y));
  };
  expect(shape(1.2)).toBeCloseTo(1.2);
  expect(shape(50)).toBeLessThan(3);
  expect(shape(0.01)).toBeGreaterThan(0.3);
});

it('never puts two nodes in one place', () => {
  const places = [...layOut(model, 1.5).values()];
  for (const [i, a] of places.entries()) {
    for (const b of places.slice(i + 1)) {
      expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(10);
    }
  }
});

it('is the same every time', () => expect(layOut(model, 1)).toEqual(layOut(model, 1)));

it('survives a map of one node', () => {
  const one = mergeMaps({ root: 'x', nodes: [node('x', 0)], edges: [], truncated: false }, []);
  const [place] = layOut(one, 1).values();
  expect(place && radius(place)).toBe(0);
});
