import { type ImportResponse, studyLimits } from '@gospelib/contracts';
import type { Queries } from '@gospelib/database';
import { ProblemError } from '@gospelib/service-kit';
import { keep, recall, take } from '../idempotency/idempotency.repository.ts';
import type { StudyDatabase } from '../store/study.database.ts';
import { type ContentLine, type Numbered, readExport } from './import.lines.ts';
import { addColors, addPlaces } from './import.repository.ts';
import type { Added, ItemLine, ItemTransfer } from './item.transfer.ts';
import { LineReader } from './line.reader.ts';

export type Transfers = Record<ItemLine['type'], ItemTransfer>;

/** Stores the lines of one type. */
interface LineTarget {
  add(tx: Queries, userId: string, lines: readonly Numbered<ContentLine>[]): Promise<Added>;
}

/** Each import holds a connection for as long as its file takes to arrive. */
const mostAtOnce = 2;
/** Lines written at once, and about how many characters they may have. */
const batchLines = 500;
const batchText = 1024 * 1024;
/** Timeout of one statement, ms. */
const timeout = 20_000;
/** How long to wait for the next part of a file on a slow line, ms. */
const idleTimeout = 60_000;
const idsNamed = 100;
/** The longest possible line is a collection of the largest size with its text escaped. */
const lineLength = 4 * 1024 * 1024;

/** Imports an export: all of it, or nothing when a line is wrong. */
export class Import {
  readonly #store: StudyDatabase;
  readonly #transfers: Transfers;
  readonly #targets: Record<ContentLine['type'], LineTarget>;
  #running = 0;

  constructor(store: StudyDatabase, transfers: Transfers) {
    this.#store = store;
    this.#transfers = transfers;
    this.#targets = { color: { add: addColors }, history: { add: addPlaces }, ...transfers };
  }

  /** @throws ProblemError invalid-input, body-too-large, limit-reached, key-reused, unavailable when too many import */
  async run(
    userId: string,
    key: string,
    stream: AsyncIterable<Uint8Array>,
  ): Promise<{ body: ImportResponse; replayed: boolean }> {
    if (this.#running >= mostAtOnce) {
      throw new ProblemError('unavailable', 'Other imports are under way.', { retryAfter: 5 });
    }
    this.#running += 1;
    try {
      const reader = new LineReader(stream, { bytes: studyLimits.importBytes, line: lineLength });
      return await this.#store.as(userId, 'import', (tx) => this.#once(tx, userId, key, reader), {
        timeout,
      });
    } finally {
      this.#running -= 1;
    }
  }

  async #once(tx: Queries, userId: string, key: string, reader: LineReader) {
    await tx.query('import wait', `SET LOCAL idle_in_transaction_session_timeout = ${idleTimeout}`);
    // The fingerprint of the request is known only when all of it has arrived; until then nobody else can see the key.
    if (!(await take(tx, userId, { key, fingerprint: Buffer.alloc(0) }))) {
      const kept = await recall(tx, userId, { key, fingerprint: await reader.fingerprint() });
      if (kept) return { body: kept.body as ImportResponse, replayed: true };
      throw new ProblemError('unavailable', 'The key has just been forgotten.', { retryAfter: 1 });
    }
    const body = await this.#add(tx, userId, reader);
    const fingerprint = await reader.fingerprint();
    await keep(tx, userId, { key, fingerprint }, { status: 200, body });
    return { body, replayed: false };
  }

  async #add(tx: Queries, userId: string, reader: LineReader): Promise<ImportResponse> {
    let lines = 0;
    let added = 0;
    const kept: string[] = [];
    for await (const batch of batches(readExport(reader.lines()))) {
      const result = await this.#targets[batch[0].line.type].add(tx, userId, batch);
      lines += batch.length;
      added += result.added;
      kept.push(...result.kept);
    }
    for (const { quota, count } of Object.values(this.#transfers)) {
      quota.check(userId, await count(tx, userId));
    }
    const unchanged = lines - added - kept.length;
    return { added, unchanged, kept: { total: kept.length, ids: kept.slice(0, idsNamed) } };
  }
}

/** Groups neighbouring lines of one type into batches. */
async function* batches(
  lines: AsyncIterable<Numbered<ContentLine>>,
): AsyncGenerator<[Numbered<ContentLine>, ...Numbered<ContentLine>[]], void, void> {
  let batch: [Numbered<ContentLine>, ...Numbered<ContentLine>[]] | undefined;
  let text = 0;
  for await (const line of lines) {
    const size = 'body' in line.line ? line.line.body.length : 0;
    text += size;
    if (
      batch &&
      batch[0].line.type === line.line.type &&
      batch.length < batchLines &&
      text <= batchText
    ) {
      batch.push(line);
      continue;
    }
    if (batch) yield batch;
    batch = [line];
    text = size;
  }
  if (batch) yield batch;
}
