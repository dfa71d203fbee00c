import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { RowSink, ScannedValue } from '../content/graph.scan.ts';
import { BulkToken } from '../load/bulk.encode.ts';
import {
  type EdgeType,
  edgeSchema,
  type NodeLabel,
  nodeSchema,
  type PropertyType,
} from '../schema/graph.schema.ts';
import { storedBatch } from './bulk.file.ts';
import { FORMAT_LINE, headLine } from './rows.file.ts';

/** What one command of the loader takes, see `BulkBatch`. */
const BATCH_BYTES = 1 << 20;
/** Of lines, in characters. */
const PIECE = 1 << 17;

/**
 * Writes both forms of a backup from the rows of a scan, as they come: no row is kept, and the forms are compressed while the
 * store reads the next ones. A table is begun, filled and ended; all nodes come before the edges.
 */
export class FormWriter implements RowSink {
  readonly fast = new PassThrough();
  readonly neutral = new PassThrough();
  /** The place in the backup of each node, by its number in the store. */
  readonly #places: number[] = [];
  #count = 0;
  #token: BulkToken | undefined;
  #isNode = true;
  #lines = FORMAT_LINE;

  beginNodes(label: NodeLabel): void {
    this.#begin(label, nodeSchema[label], true);
    this.#lines += headLine({ nodes: label, columns: Object.keys(nodeSchema[label]) });
  }

  beginEdges(type: EdgeType): void {
    const { properties } = edgeSchema[type];
    this.#begin(type, properties, false);
    const columns = ['from', 'to', ...Object.keys(properties)];
    this.#lines += headLine({ edges: type, columns });
  }

  addNode(_label: NodeLabel, number: number, values: readonly ScannedValue[]): void {
    this.#places[number] = this.#count++;
    this.#token?.addNode(values);
    this.#line(values);
  }

  addEdge(_type: EdgeType, from: number, to: number, values: readonly ScannedValue[]): void {
    // No node has number -1: only a damaged graph has such an edge, and its checksums show it.
    const [source, target] = [this.#places[from] ?? -1, this.#places[to] ?? -1];
    this.#token?.addEdge(source, target, values);
    this.#line([source, target, ...values]);
  }

  endTable(): void {
    this.#flushToken();
    this.#flushLines();
  }

  /** Waits until what was written so far is compressed and stored, but for a buffer's worth. */
  async drained(): Promise<void> {
    for (const form of [this.fast, this.neutral]) {
      if (form.writableNeedDrain) await once(form, 'drain');
    }
  }

  /** Nothing comes any more. */
  end(): void {
    this.fast.end();
    this.neutral.end();
  }

  /** What was written is of no use: whoever reads it gets this error. */
  destroy(error: Error): void {
    this.fast.destroy(error);
    this.neutral.destroy(error);
  }

  #begin(name: string, properties: Readonly<Record<string, PropertyType>>, isNode: boolean): void {
    this.#token = new BulkToken(name, properties);
    this.#isNode = isNode;
  }

  /** A value that is missing is null in JSON. */
  #line(values: readonly ScannedValue[]): void {
    this.#lines += `${JSON.stringify(values)}\n`;
    if (this.#lines.length >= PIECE) this.#flushLines();
    if ((this.#token?.bytes ?? 0) >= BATCH_BYTES) this.#flushToken();
  }

  #flushLines(): void {
    if (this.#lines === '') return;
    this.neutral.write(this.#lines);
    this.#lines = '';
  }

  #flushToken(): void {
    const rows = this.#token?.entities ?? 0;
    if (this.#token === undefined || rows === 0) return;
    const counts = this.#isNode ? ([rows, 0, 1, 0] as const) : ([0, rows, 0, 1] as const);
    this.fast.write(storedBatch({ counts, token: this.#token.take() }));
  }
}
