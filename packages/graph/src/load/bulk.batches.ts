import { type ContentSink, type GraphContent, walkContent } from '../content/graph.content.ts';
import type { RowSink } from '../content/graph.scan.ts';
import { BulkToken } from './bulk.encode.ts';

/** The content of one GRAPH.BULK command. */
export interface BulkBatch {
  /** The label or edge type of its rows. */
  name: string;
  rows: number;
  /** Number of nodes, edges, node tokens, edge tokens. */
  counts: readonly [number, number, number, number];
  /** Valid until the next batch is made. */
  token: Buffer;
}

/** The store's other clients wait while it reads a batch: some 10 ms at this size. */
const BATCH_BYTES = 1 << 20;

/**
 * Encodes content in bounded batches, in the order in which they must be loaded; every row is also given to the sinks.
 */
export async function encodeBatches(
  content: GraphContent,
  sinks: readonly RowSink[],
  emit: (batch: BulkBatch) => Promise<void>,
): Promise<void> {
  let token: BulkToken;
  const flush = async (name: string, isNode: boolean): Promise<void> => {
    const rows = token.entities;
    if (rows === 0) return;
    await emit({
      name,
      rows,
      counts: isNode ? [rows, 0, 1, 0] : [0, rows, 0, 1],
      token: token.take(),
    });
  };
  const sink: ContentSink = {
    begin(name, properties) {
      token = new BulkToken(name, properties);
    },
    node(label, place, values) {
      for (const each of sinks) each.addNode(label, place, values);
      token.addNode(values);
      return token.bytes >= BATCH_BYTES ? flush(label, true) : undefined;
    },
    edge(type, from, to, values) {
      for (const each of sinks) each.addEdge(type, from, to, values);
      token.addEdge(from, to, values);
      return token.bytes >= BATCH_BYTES ? flush(type, false) : undefined;
    },
    end: flush,
  };
  await walkContent(content, sink);
}
