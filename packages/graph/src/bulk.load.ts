import { BulkToken } from './bulk.encode.ts';
import { type ContentSink, type GraphContent, walkContent } from './graph.content.ts';
import { type GraphChecksums, GraphDigest } from './graph.digest.ts';
import { GraphPrints } from './graph.prints.ts';
import type { GraphStore } from './graph.store.ts';

export interface LoadResult {
  checksums: GraphChecksums;
  prints: GraphPrints;
  /** Time spent waiting for GRAPH.BULK. */
  bulkSeconds: number;
}

/** A batch keeps the store's other clients waiting while it is read: some 10 ms at this size. */
const BATCH_BYTES = 1 << 20;
const BULK_TIMEOUT = 60_000;

export interface LoadOptions {
  /** A second key that gets the same graph. */
  copy?: string;
  /** Is told the name and number of rows of each batch. */
  onBatch?: (name: string, rows: number) => void;
}

/**
 * Loads a graph under a key that does not exist yet, through GRAPH.BULK in bounded batches.
 * @throws GraphQueryError when the key exists, StoreUnavailableError
 */
export async function loadGraph(
  store: GraphStore,
  key: string,
  content: GraphContent,
  { copy, onBatch }: LoadOptions = {},
): Promise<LoadResult> {
  const digest = new GraphDigest();
  const prints = new GraphPrints();
  let begin: readonly string[] = ['BEGIN'];
  let bulkSeconds = 0;
  let token: BulkToken;

  const flush = async (name: string, isNode: boolean): Promise<void> => {
    const rows = token.entities;
    if (rows === 0) return;
    const counts = isNode ? [rows, 0, 1, 0] : [0, rows, 0, 1];
    const batch = [...begin, ...counts.map(String), token.take()];
    begin = [];
    const start = performance.now();
    await store.send(['GRAPH.BULK', key, ...batch], BULK_TIMEOUT);
    if (copy !== undefined) await store.send(['GRAPH.BULK', copy, ...batch], BULK_TIMEOUT);
    bulkSeconds += (performance.now() - start) / 1000;
    onBatch?.(name, rows);
  };

  const sink: ContentSink = {
    begin(name, properties) {
      token = new BulkToken(name, properties);
    },
    node(label, place, values) {
      digest.addNode(label, place, values);
      prints.addNode(label, place, values);
      token.addNode(values);
      return token.bytes >= BATCH_BYTES ? flush(label, true) : undefined;
    },
    edge(type, from, to, values) {
      digest.addEdge(type, from, to, values);
      prints.addEdge(type, from, to, values);
      token.addEdge(from, to, values);
      return token.bytes >= BATCH_BYTES ? flush(type, false) : undefined;
    },
    end: flush,
  };
  await walkContent(content, sink);
  return { checksums: digest.checksums(), prints, bulkSeconds };
}
