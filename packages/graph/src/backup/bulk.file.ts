import type { Readable } from 'node:stream';
import type { BulkBatch } from '../load/bulk.batches.ts';

/*
 * The fast form: the batches that GRAPH.BULK takes, one after another. Five little-endian uint32 precede each: nodes,
 * edges, tokens of nodes, tokens of edges, bytes.
 */
const HEAD = 20;
/** Far more than a batch has; a larger number means that the file has another format. */
const LARGEST = 1 << 26;

export type StoredBatch = Pick<BulkBatch, 'counts' | 'token'>;

/** A batch as the file has it; a copy. */
export function storedBatch({ counts, token }: StoredBatch): Buffer {
  const stored = Buffer.allocUnsafe(HEAD + token.length);
  [...counts, token.length].forEach((value, at) => void stored.writeUInt32LE(value, at * 4));
  stored.set(token, HEAD);
  return stored;
}

/** @throws Error when the bytes are not what `storedBatch` wrote */
export async function* readBatches(bytes: Readable): AsyncGenerator<StoredBatch> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    held = Buffer.concat([held, chunk as Buffer]);
    for (;;) {
      const end = HEAD + (held.length >= HEAD ? held.readUInt32LE(16) : 0);
      if (end > LARGEST) throw new Error('The batches of the backup cannot be read.');
      if (held.length < HEAD || held.length < end) break;
      const number = (at: number): number => held.readUInt32LE(at * 4);
      yield {
        counts: [number(0), number(1), number(2), number(3)],
        token: held.subarray(HEAD, end),
      };
      held = held.subarray(end);
    }
  }
  if (held.length > 0) throw new Error('The batches of the backup end in the middle of one.');
}
