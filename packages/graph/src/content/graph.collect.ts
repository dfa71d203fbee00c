import {
  edgeSchema,
  edgeTypes,
  type NodeLabel,
  nodeLabels,
  nodeSchema,
} from '../schema/graph.schema.ts';
import type { GraphStore } from '../store/graph.store.ts';
import type { EdgeTable, GraphContent, NodeTable } from './graph.content.ts';
import { type RowSink, scanEdges, scanNodes } from './graph.scan.ts';

/** Reads a graph of the store into memory, in the form that `loadGraph` takes. */
export async function collectContent(store: GraphStore, key: string): Promise<GraphContent> {
  const places = new Map<number, number>();
  const labels = new Map<number, NodeLabel>();
  let rows: Record<string, unknown>[] = [];
  // No node has number -1: only a damaged graph has such an edge, and its checksums show it.
  const placeOf = (number: number): number => places.get(number) ?? -1;
  const sink: RowSink = {
    addNode(label, number, values) {
      places.set(number, places.size);
      labels.set(number, label);
      rows.push(rowOf(Object.keys(nodeSchema[label]), values));
    },
    addEdge(type, from, to, values) {
      const properties = rowOf(Object.keys(edgeSchema[type].properties), values);
      rows.push({ from: placeOf(from), to: placeOf(to), ...properties });
    },
  };
  const nodes: NodeTable[] = [];
  for (const label of nodeLabels) {
    rows = [];
    await scanNodes(store, key, label, sink);
    nodes.push({ label, rows } as unknown as NodeTable);
  }
  const edges: EdgeTable[] = [];
  for (const type of edgeTypes) {
    rows = [];
    await scanEdges(store, key, type, sink, (place) => labels.get(place));
    edges.push({ type, rows } as unknown as EdgeTable);
  }
  return { nodes, edges };
}

function rowOf(names: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (let at = 0; at < names.length; at++) {
    if (values[at] !== undefined) row[names[at] as string] = values[at];
  }
  return row;
}
