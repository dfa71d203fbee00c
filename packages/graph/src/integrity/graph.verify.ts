import { type GraphChecksums, GraphDigest } from '../content/graph.digest.ts';
import { GraphFingerprints } from '../content/graph.fingerprints.ts';
import { readFingerprints } from '../content/graph.manifest.ts';
import { type RowSink, type ScanOptions, scanEdges, scanNodes } from '../content/graph.scan.ts';
import { findMissingIndexes } from '../load/graph.indexes.ts';
import { edgeSchema, edgeTypes, type NodeLabel, nodeLabels } from '../schema/graph.schema.ts';
import type { GraphStore } from '../store/graph.store.ts';
import { keys } from '../store/store.keys.ts';
import { attestedManifest } from './attested.manifest.ts';
import { compareChecksums, differing } from './checksums.compare.ts';
import { nameEdges } from './edge.names.ts';
import { compareFingerprints, type FingerprintScope } from './fingerprints.compare.ts';
import { compareCounts, countGraph } from './graph.counts.ts';
import { type Difference, nameFirst } from './graph.difference.ts';

export interface Verification {
  ok: boolean;
  checksums: GraphChecksums;
  differences: readonly Difference[];
  seconds: number;
}

export interface VerifyOptions extends ScanOptions {
  /** The key of the graph, when it is not the version's own. */
  key?: string;
  /**
   * Stop at the first wrong counts or nodes, without naming what differs: for callers who only ask whether the graph is
   * sound.
   */
  untilFirst?: boolean;
}

const nothing: GraphChecksums = { nodes: {}, edges: {}, books: {} };

/**
 * Recomputes counts and checksums from the store and compares them with the manifest, and the manifest with the
 * version's record. Names what differs.
 * @throws StoreUnavailableError
 */
export async function verifyGraph(
  store: GraphStore,
  version: string,
  options: VerifyOptions = {},
): Promise<Verification> {
  const start = performance.now();
  const { key = keys.graph(version) } = options;
  const { manifest, differences } = await attestedManifest(store, version, key);
  if (manifest === undefined) {
    return { ok: false, checksums: nothing, differences, seconds: since(start) };
  }
  const found = await verifyAgainst(store, key, manifest.checksums, options);
  const all = [...differences, ...found.differences];
  return { ...found, ok: all.length === 0, differences: all, seconds: since(start) };
}

/** The same for a graph whose checksums are known from loading it. */
export async function verifyAgainst(
  store: GraphStore,
  key: string,
  expected: GraphChecksums,
  options: VerifyOptions = {},
): Promise<Verification> {
  const start = performance.now();
  const counts = compareCounts(await countGraph(store, key), expected);
  const digest = new GraphDigest();
  // When counts differ, the same scan takes the fingerprints that name what differs.
  const fingerprints = counts.length > 0 ? new GraphFingerprints() : undefined;
  const sink = fingerprints ? both(digest, fingerprints) : digest;
  const labelAt = (place: number) => digest.labelAt(place);
  const wrongEdges: Difference[] = [];
  for (const label of nodeLabels) await scanNodes(store, key, label, sink, options);
  const known = options.untilFirst
    ? [...counts, ...compareChecksums({ ...expected, edges: {} }, digest.checksums())]
    : [];
  if (known.length > 0) {
    return { ok: false, checksums: nothing, differences: known, seconds: since(start) };
  }
  for (const type of edgeTypes) {
    const { faults } = await scanEdges(store, key, type, sink, labelAt, options);
    wrongEdges.push(...(await nameEdges(store, key, type, faults)));
  }
  const checksums = digest.checksums();
  const differences = [
    ...counts,
    ...compareChecksums(expected, checksums),
    ...(await nameNodes(store, key, scopeOf(expected, checksums), fingerprints, options)),
    ...wrongEdges,
    ...(await findMissingIndexes(store, key)),
  ];
  return { ok: differences.length === 0, checksums, differences, seconds: since(start) };
}

/** Names what differs; reads it again when no fingerprints were taken. */
async function nameNodes(
  store: GraphStore,
  key: string,
  scope: FingerprintScope,
  taken: GraphFingerprints | undefined,
  options: ScanOptions,
): Promise<Difference[]> {
  if (scope.labels.length === 0) return [];
  const expected = await readFingerprints(store.reader(key, key));
  if (expected === undefined) return [];
  const fingerprints = taken ?? new GraphFingerprints();
  if (taken === undefined) {
    const unknown = () => undefined;
    for (const label of scope.labels) await scanNodes(store, key, label, fingerprints, options);
    for (const type of scope.types)
      await scanEdges(store, key, type, fingerprints, unknown, options);
  }
  return nameFirst(compareFingerprints(expected, fingerprints.labels, scope));
}

/** The labels and types to compare. Edges are named by the nodes at both ends, so their labels belong to it. */
function scopeOf(expected: GraphChecksums, actual: GraphChecksums): FingerprintScope {
  const nodes = differing(expected.nodes, actual.nodes);
  const edges = differing(expected.edges, actual.edges);
  const types = edgeTypes.filter((type) => edges.includes(type));
  const ends = types.flatMap((type): readonly NodeLabel[] => [
    ...edgeSchema[type].from,
    ...edgeSchema[type].to,
  ]);
  const labels = nodeLabels.filter((label) => nodes.includes(label) || ends.includes(label));
  return { labels, types };
}

function both(one: RowSink, other: RowSink): RowSink {
  return {
    addNode(...row) {
      one.addNode(...row);
      other.addNode(...row);
    },
    addEdge(...row) {
      one.addEdge(...row);
      other.addEdge(...row);
    },
  };
}

function since(start: number): number {
  return (performance.now() - start) / 1000;
}
