import { expect, it } from 'vitest';
import { comparePrints } from '../integrity/fingerprints.compare.ts';
import { edgeTypes, nodeLabels } from '../schema/graph.schema.ts';
import { smallContent } from '../testing/small.content.ts';
import { walkContent } from './graph.content.ts';
import { decodePrints, encodePrints, GraphPrints } from './graph.fingerprints.ts';

async function printsOf(text?: string): Promise<GraphPrints> {
  const prints = new GraphPrints();
  await walkContent(smallContent(text), {
    node: (label, place, values) => void prints.addNode(label, place, values),
    edge: (type, from, to, values) => void prints.addEdge(type, from, to, values),
  });
  return prints;
}

const everything = { labels: nodeLabels, types: edgeTypes };

it('prints come back from their text as they were', async () => {
  const prints = await printsOf();
  expect(decodePrints(encodePrints(prints))).toEqual(prints.labels);
  expect(comparePrints(prints.labels, (await printsOf()).labels, everything)).toEqual([]);
});

it('what was not read again is not compared', async () => {
  const [was, is] = [(await printsOf()).labels, (await printsOf('Otherwise')).labels];
  const compared = comparePrints(was, is, everything).map(({ detail }) => detail);
  expect(compared).toEqual(['gen.1.1', 'gen.1.2', 'gen.1.3'].map((id) => `${id}: text differs.`));
  expect(comparePrints(was, is, { labels: ['Word'], types: [] })).toEqual([]);
});
