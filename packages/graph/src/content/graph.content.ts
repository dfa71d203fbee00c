import {
  type EdgeRow,
  type EdgeType,
  edgeSchema,
  type NodeLabel,
  type NodeRow,
  nodeSchema,
  type PropertyType,
  type PropertyValue,
} from '../schema/graph.schema.ts';
import { type GraphChecksums, GraphDigest } from './graph.digest.ts';

export type NodeTable = {
  [Label in NodeLabel]: { label: Label; rows: Iterable<NodeRow<Label>> };
}[NodeLabel];
export type EdgeTable = {
  [Type in EdgeType]: { type: Type; rows: Iterable<EdgeRow<Type>> };
}[EdgeType];

/** The tables of a graph. Edges name nodes by their place: their number from 0, counted through all node tables. */
export interface GraphContent {
  nodes: readonly NodeTable[];
  edges: readonly EdgeTable[];
}

type Values = readonly (PropertyValue | undefined)[];

/** Takes the rows one by one, values in the order of the schema. The walk waits for a returned promise. */
export interface ContentSink {
  begin?(name: string, properties: Readonly<Record<string, PropertyType>>): void;
  node(label: NodeLabel, place: number, values: Values): Promise<void> | undefined;
  edge(type: EdgeType, from: number, to: number, values: Values): Promise<void> | undefined;
  end?(name: string, isNode: boolean): Promise<void>;
}

/** Gives every row to the sink: nodes first, table after table. */
export async function walkContent(content: GraphContent, sink: ContentSink): Promise<void> {
  let place = 0;
  for (const { label, rows } of content.nodes) {
    const names = Object.keys(nodeSchema[label]);
    sink.begin?.(label, nodeSchema[label]);
    for (const row of rows as Iterable<Readonly<Record<string, PropertyValue>>>) {
      const wait = sink.node(
        label,
        place++,
        names.map((name) => row[name]),
      );
      if (wait) await wait;
    }
    await sink.end?.(label, true);
  }
  for (const { type, rows } of content.edges) {
    const names = Object.keys(edgeSchema[type].properties);
    sink.begin?.(type, edgeSchema[type].properties);
    for (const row of rows as Iterable<EdgeRow<'NEXT'> & Record<string, PropertyValue>>) {
      const wait = sink.edge(
        type,
        row.from,
        row.to,
        names.map((name) => row[name]),
      );
      if (wait) await wait;
    }
    await sink.end?.(type, false);
  }
}

/** Counts and checksums of content that is not in a store. */
export async function digestContent(content: GraphContent): Promise<GraphChecksums> {
  const digest = new GraphDigest();
  await walkContent(content, {
    node: (label, place, values) => void digest.addNode(label, place, values),
    edge: (type, from, to, values) => void digest.addEdge(type, from, to, values),
  });
  return digest.checksums();
}
