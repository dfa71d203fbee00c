import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import {
  type EdgeType,
  edgeSchema,
  edgeTypes,
  type NodeLabel,
  nodeLabels,
  nodeSchema,
} from '../schema/graph.schema.ts';
import type { RowSink, ScannedValue } from './graph.scan.ts';
import { mixInteger, mixValue, type RowHash, startHash } from './row.digest.ts';

/**
 * Sixteen bits for each property and, for each type of edge that may lead from the node, the number of edges and
 * sixteen bits of their sum.
 */
export interface NodeFingerprint {
  readonly id: string;
  readonly fingerprints: number[];
}

/** What one element of `fingerprints` stands for. */
export type FingerprintColumn =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'edges' | 'edge-sum'; readonly type: EdgeType };

const columnsOf: ReadonlyMap<string, readonly FingerprintColumn[]> = new Map(
  nodeLabels.map((label) => [
    label,
    [
      ...Object.keys(nodeSchema[label])
        .slice(1)
        .map((name): FingerprintColumn => ({ kind: 'property', name })),
      ...edgeTypes
        .filter((type) => leadsFrom(type, label))
        .flatMap((type): FingerprintColumn[] => [
          { kind: 'edges', type },
          { kind: 'edge-sum', type },
        ]),
    ],
  ]),
);

const BITS = 0xffff;

/**
 * Short fingerprints of every node and of the edges that lead from it. They name what differs, where checksums only
 * show that something does. They are too short to prove that a graph is intact.
 */
export class GraphFingerprints implements RowSink {
  readonly labels: Record<string, NodeFingerprint[]> = {};
  /** By the node's place: its label, fingerprint, and the hash that stands for it in edges. */
  readonly #nodes: { label: NodeLabel; fingerprint: NodeFingerprint; identity: number }[] = [];
  readonly #hash: RowHash = { high: 0, low: 0 };

  addNode(label: NodeLabel, place: number, values: readonly ScannedValue[]): void {
    const id = String(values[0]);
    const properties = values.slice(1).map((value) => this.#fingerprint(1, value));
    const zeros = fingerprintColumns(label).length - properties.length;
    const fingerprint = { id, fingerprints: properties.concat(new Array<number>(zeros).fill(0)) };
    this.labels[label] ??= [];
    this.labels[label].push(fingerprint);
    const identity = this.#fingerprint(nodeLabels.indexOf(label) + 1, id);
    this.#nodes[place] = { label, fingerprint, identity };
  }

  addEdge(type: EdgeType, from: number, to: number, values: readonly ScannedValue[]): void {
    const source = this.#nodes[from];
    // An edge from a node of the wrong label has no column; the scan reports it.
    if (!source || !leadsFrom(type, source.label)) return;
    const { fingerprints } = source.fingerprint;
    const column = edgeColumn(source.label, type);
    startHash(this.#hash, edgeTypes.indexOf(type) + 1);
    mixInteger(this.#hash, this.#nodes[to]?.identity ?? 0);
    for (const value of values) mixValue(this.#hash, value);
    fingerprints[column] = ((fingerprints[column] ?? 0) + 1) & BITS;
    fingerprints[column + 1] = ((fingerprints[column + 1] ?? 0) + (this.#hash.low & BITS)) & BITS;
  }

  #fingerprint(seed: number, value: ScannedValue): number {
    startHash(this.#hash, seed);
    mixValue(this.#hash, value);
    mixInteger(this.#hash, 0);
    return (this.#hash.high ^ this.#hash.low) & BITS;
  }
}

/** The columns of a label's fingerprints. */
export function fingerprintColumns(label: string): readonly FingerprintColumn[] {
  return columnsOf.get(label) ?? [];
}

/** The column with the number of edges of a type, for a label that they lead from. */
export function edgeColumn(label: string, type: EdgeType): number {
  return fingerprintColumns(label).findIndex((one) => one.kind === 'edges' && one.type === type);
}

/**
 * Column by column for each label, ids first, since similar values next to each other compress well. Base64 of zstd.
 */
export function encodeFingerprints({ labels }: GraphFingerprints): string {
  const tables = Object.entries(labels).map(([label, nodes]) => {
    const columns = fingerprintColumns(label).map((_, index) =>
      Buffer.from(
        Uint16Array.from(nodes, ({ fingerprints }) => fingerprints[index] ?? 0).buffer,
      ).toString('base64'),
    );
    return [label, { ids: nodes.map(({ id }) => id), columns }];
  });
  return zstdCompressSync(JSON.stringify(Object.fromEntries(tables))).toString('base64');
}

/** The fingerprints by label. @throws when the text is not what `encodeFingerprints` made */
export function decodeFingerprints(text: string): GraphFingerprints['labels'] {
  const json = zstdDecompressSync(Buffer.from(text, 'base64')).toString();
  const tables = JSON.parse(json) as Record<string, { ids: string[]; columns: string[] }>;
  return Object.fromEntries(
    Object.entries(tables).map(([label, { ids, columns }]) => {
      const read = columns.map((column) => Uint16Array.from(words(Buffer.from(column, 'base64'))));
      const fingerprint = (at: number) => read.map((column) => column[at] ?? 0);
      return [label, ids.map((id, at): NodeFingerprint => ({ id, fingerprints: fingerprint(at) }))];
    }),
  );
}

function* words(bytes: Buffer): Generator<number> {
  for (let at = 0; at < bytes.length; at += 2) yield bytes.readUInt16LE(at);
}

function leadsFrom(type: EdgeType, label: NodeLabel): boolean {
  return (edgeSchema[type].from as readonly NodeLabel[]).includes(label);
}
