import { countGraph } from '../integrity/graph.counts.ts';
import type { GraphStore } from '../store/graph.store.ts';
import { keys } from '../store/store.keys.ts';
import { readRecord } from './version.record.ts';
import { activeVersion, listGraphKeys, listVersions, previousVersion } from './version.store.ts';

/** A version that the store has. */
export interface GraphEntry {
  version: string;
  active: boolean;
  previous: boolean;
  /** Whether it has a replica. */
  replica: boolean;
  nodes: number;
  edges: number;
  /** Memory of the graph, without its replica, as the store reports it. */
  megabytes: number;
  /** ISO 8601; undefined when it was not recorded. */
  loadedAt: string | undefined;
  activatedAt: string | undefined;
  verifiedAt: string | undefined;
}

/** Versions in the store, sorted. */
export async function listGraphs(store: GraphStore): Promise<GraphEntry[]> {
  const [active, previous, graphKeys, versions] = await Promise.all([
    activeVersion(store),
    previousVersion(store),
    listGraphKeys(store),
    listVersions(store),
  ]);
  return Promise.all(
    versions.map(async (version): Promise<GraphEntry> => {
      const key = keys.graph(version);
      const [{ allNodes, allEdges }, record, megabytes] = await Promise.all([
        countGraph(store, key),
        readRecord(store, version),
        memoryOf(store, key),
      ]);
      return {
        version,
        active: version === active,
        previous: version === previous,
        replica: graphKeys.includes(keys.replica(version)),
        nodes: allNodes,
        edges: allEdges,
        megabytes,
        loadedAt: record?.loadedAt,
        activatedAt: record?.activatedAt,
        verifiedAt: record?.verifiedAt,
      };
    }),
  );
}

async function memoryOf(store: GraphStore, key: string): Promise<number> {
  const reply = (await store.send(['GRAPH.MEMORY', 'USAGE', key])) as (string | number)[];
  return Number(reply[reply.indexOf('total_graph_sz_mb') + 1]);
}
