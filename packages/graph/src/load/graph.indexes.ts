import type { Difference } from '../integrity/graph.difference.ts';
import { nodeLabels, rangeIndexes } from '../schema/graph.schema.ts';
import type { GraphStore } from '../store/graph.store.ts';

const BUILD_TIMEOUT = 60_000;
const POLL = 10;

/** Creates the missing range indexes of the schema and waits until all are built. */
export async function createIndexes(store: GraphStore, key: string): Promise<void> {
  await untilBuilt(store, key);
  const missing = await missingIndexes(store, key);
  for (const [label, property] of rangeIndexes) {
    if (!missing.includes(`${label}.${property}`)) continue;
    await store.send(
      ['GRAPH.QUERY', key, `CREATE INDEX FOR (n:${label}) ON (n.${property})`],
      BUILD_TIMEOUT,
    );
  }
  await untilBuilt(store, key);
}

async function untilBuilt(store: GraphStore, key: string): Promise<void> {
  for (const end = performance.now() + BUILD_TIMEOUT; performance.now() < end; ) {
    const states = await readIndexes(store, key);
    if (states.every(({ built }) => built)) return;
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
}

/**
 * Indexes of the schema that the graph lacks, as `Label.property`. While the store rebuilds a label's index it lists
 * the old and the new one: a property that only one of them has is still being indexed, or is being dropped.
 */
export async function missingIndexes(store: GraphStore, key: string): Promise<string[]> {
  const states = await readIndexes(store, key);
  return rangeIndexes
    .filter(([label, property]) => {
      const ofLabel = states.filter((state) => state.label === label);
      return ofLabel.length === 0 || !ofLabel.every((state) => state.properties.includes(property));
    })
    .map(([label, property]) => `${label}.${property}`);
}

/** Missing indexes as differences. */
export async function findMissingIndexes(store: GraphStore, key: string): Promise<Difference[]> {
  return (await missingIndexes(store, key)).map((subject): Difference => {
    return { kind: 'missing-index', subject, detail: `There is no range index on ${subject}.` };
  });
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
