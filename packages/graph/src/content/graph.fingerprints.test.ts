import { expect, it } from 'vitest';
import { compareFingerprints } from '../integrity/fingerprints.compare.ts';
import { edgeTypes, nodeLabels } from '../schema/graph.schema.ts';
import { smallContent } from '../testing/small.content.ts';
import { walkContent } from './graph.content.ts';
import { decodeFingerprints, encodeFingerprints, GraphFingerprints } from './graph.fingerprints.ts';

async function fingerprintsOf(text?: string): Promise<GraphFingerprints> {
  const fingerprints = new GraphFingerprints();
  await walkContent(smallContent(text), {
    node: (label, place, values) => void fingerprints.addNode(label, place, values),
    edge: (type, from, to, values) => void fingerprints.addEdge(type, from, to, values),
  });
  return fingerprints;
}

const everything = { labels: nodeLabels, types: edgeTypes };

it('fingerprints come back from their text as they were', async () => {
  const fingerprints = await fingerprintsOf();
  expect(decodeFingerprints(encodeFingerprints(fingerprints))).toEqual(fingerprints.labels);
  expect(
    compareFingerprints(fingerprints.labels, (await fingerprintsOf()).labels, everything),
  ).toEqual([]);
});

it('what was not read again is not compared', async () => {
  const [was, is] = [(await fingerprintsOf()).labels, (await fingerprintsOf('Otherwise')).labels];
  const compared = compareFingerprints(was, is, everything).map(({ detail }) => detail);
  expect(compared).toEqual(['gen.1.1', 'gen.1.2', 'gen.1.3'].map((id) => `${id}: text differs.`));
  expect(compareFingerprints(was, is, { labels: ['Word'], types: [] })).toEqual([]);
});
