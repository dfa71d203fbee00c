import type { GraphStore } from './graph.store.ts';
import { nodeLabels, rangeIndexes } from './schema.ts';

const BUILD_TIMEOUT = 60_000;
const POLL = 10;

/** Creates the range indexes of the schema and waits until they are built. */
export async function createIndexes(store: GraphStore, key: string): Promise<void> {
  for (const [label, property] of rangeIndexes) {
    await store.send(
      ['GRAPH.QUERY', key, `CREATE INDEX FOR (n:${label}) ON (n.${property})`],
      BUILD_TIMEOUT,
    );
  }
  for (const end = performance.now() + BUILD_TIMEOUT; performance.now() < end; ) {
    const states = await readIndexes(store, key);
    if (states.every(({ built }) => built)) return;
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
}

/** Indexes of the schema that the graph lacks, as `Label.property`. */
export async function missingIndexes(store: GraphStore, key: string): Promise<string[]> {
  const states = await readIndexes(store, key);
  return rangeIndexes
    .filter(
      ([label, property]) =>
        !states.some((state) => state.label === label && state.properties.includes(property)),
    )
    .map(([label, property]) => `${label}.${property}`);
}

async function readIndexes(store: GraphStore, key: string) {
  return store
    .reader(key, key)
    .query(
      'indexes',
      'CALL db.indexes() YIELD label, properties, status RETURN label, properties, status',
      {},
      ({ label, properties, status }) => ({
        label: nodeLabels.find((known) => known === label),
        properties: Array.isArray(properties) ? properties : [],
        built: status === 'OPERATIONAL',
      }),
    );
}
