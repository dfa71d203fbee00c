import type { GraphContent } from '../content/graph.content.ts';
import { type GraphChecksums, GraphDigest } from '../content/graph.digest.ts';
import { GraphFingerprints } from '../content/graph.fingerprints.ts';
import type { GraphStore } from '../store/graph.store.ts';
import { type BulkBatch, encodeBatches } from './bulk.batches.ts';

export interface LoadResult {
  checksums: GraphChecksums;
  fingerprints: GraphFingerprints;
  /** Time spent waiting for GRAPH.BULK. */
  bulkSeconds: number;
}

export interface LoadOptions {
  /** A second key that gets the same graph. */
  copy?: string;
  /** Called with the name and number of rows of each batch. */
  onBatch?: (name: string, rows: number) => void;
}

const BULK_TIMEOUT = 60_000;

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
  const fingerprints = new GraphFingerprints();
  const loader = new BulkLoader(store, copy === undefined ? [key] : [key, copy]);
  await encodeBatches(content, [digest, fingerprints], async (batch) => {
    await loader.load(batch);
    onBatch?.(batch.name, batch.rows);
  });
  return { checksums: digest.checksums(), fingerprints, bulkSeconds: loader.seconds };
}

/** Sends batches, in the order in which they were made, to keys that do not exist yet. */
export class BulkLoader {
  readonly #store: GraphStore;
  readonly #keys: readonly string[];
  #begin: readonly string[] = ['BEGIN'];
  /** Time spent waiting for the store. */
  seconds = 0;

  constructor(store: GraphStore, keys: readonly string[]) {
    this.#store = store;
    this.#keys = keys;
  }

  /** @throws GraphQueryError when a key exists, StoreUnavailableError */
  async load({ counts, token }: Pick<BulkBatch, 'counts' | 'token'>): Promise<void> {
    const batch = [...this.#begin, ...counts.map(String), token];
    const start = performance.now();
    for (const key of this.#keys) {
      await this.#store.send(['GRAPH.BULK', key, ...batch], BULK_TIMEOUT);
    }
    this.#begin = [];
    this.seconds += (performance.now() - start) / 1000;
  }
}
