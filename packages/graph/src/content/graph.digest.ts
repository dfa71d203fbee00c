import {
  type EdgeType,
  edgeTypes,
  type NodeLabel,
  nodeLabels,
  type PropertyValue,
} from '../schema/graph.schema.ts';
import { mixInteger, mixValue, RowDigest, type RowHash, startHash } from './row.digest.ts';

/** Rows and checksums of a graph, by label, by edge type, and of the passages by book. */
export interface GraphChecksums {
  nodes: Record<string, { rows: number; checksum: string }>;
  edges: Record<string, { rows: number; checksum: string }>;
  books: Record<string, { rows: number; checksum: string }>;
}

type Value = PropertyValue | null | undefined;

const PASSAGE_BOOK = 1;

/** Computes the checksums of a graph, both from the rows that are loaded and from what the store holds. */
export class GraphDigest {
  readonly #nodes = new Map<NodeLabel, RowDigest>();
  readonly #edges = new Map<EdgeType, RowDigest>();
  readonly #books = new Map<string, RowDigest>();
  readonly #hash: RowHash = { high: 0, low: 0 };
  /** Hash of the label and id of each node by its place in the store; label 0 means that there is no node. */
  #identities = new Uint32Array(1 << 16);
  #labels = new Uint8Array(1 << 16);

  /** `values` in the order of the schema; `place` is the node's number in the store. */
  addNode(label: NodeLabel, place: number, values: readonly Value[]): void {
    const hash = this.#hash;
    const seed = nodeLabels.indexOf(label) + 1;
    startHash(hash, seed);
    mixValue(hash, values[0]);
    this.#remember(place, seed, hash.low);
    for (let index = 1; index < values.length; index++) mixValue(hash, values[index]);
    of(this.#nodes, label).add(hash);
    if (label === 'Passage') of(this.#books, String(values[PASSAGE_BOOK])).add(hash);
  }

  addEdge(type: EdgeType, from: number, to: number, values: readonly Value[]): void {
    const hash = this.#hash;
    startHash(hash, edgeTypes.indexOf(type) + 1);
    mixInteger(hash, this.#identities[from] ?? 0);
    mixInteger(hash, this.#identities[to] ?? 0);
    for (let index = 0; index < values.length; index++) mixValue(hash, values[index]);
    of(this.#edges, type).add(hash);
  }

  /** The label of the node at a place; undefined when it has no node of a known label. */
  labelAt(place: number): NodeLabel | undefined {
    return nodeLabels[(this.#labels[place] ?? 0) - 1];
  }

  /** Labels and types without rows are left out. */
  checksums(): GraphChecksums {
    return {
      nodes: summarise(this.#nodes),
      edges: summarise(this.#edges),
      books: summarise(this.#books),
    };
  }

  #remember(place: number, label: number, identity: number): void {
    if (place >= this.#labels.length) {
      const size = Math.max(place + 1, this.#labels.length * 2);
      const identities = new Uint32Array(size);
      identities.set(this.#identities);
      this.#identities = identities;
      const labels = new Uint8Array(size);
      labels.set(this.#labels);
      this.#labels = labels;
    }
    this.#identities[place] = identity;
    this.#labels[place] = label;
  }
}

function of<Key>(digests: Map<Key, RowDigest>, key: Key): RowDigest {
  let digest = digests.get(key);
  if (!digest) {
    digest = new RowDigest();
    digests.set(key, digest);
  }
  return digest;
}

function summarise(digests: ReadonlyMap<string, RowDigest>): GraphChecksums['nodes'] {
  return Object.fromEntries(
    [...digests].map(([name, digest]) => [
      name,
      { rows: digest.rows, checksum: digest.toString() },
    ]),
  );
}
