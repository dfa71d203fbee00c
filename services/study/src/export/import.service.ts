import type { Readable } from 'node:stream';
import { type ImportResponse, studyLimits } from '@gospelib/contracts';
import type { Queries } from '@gospelib/database';
import { ProblemError, Slots } from '@gospelib/service-kit';
import { keep, recall, take } from '../idempotency/idempotency.repository.ts';
import type { Quota } from '../limits/quota.ts';
import type { StudyDatabase } from '../store/study.database.ts';
import { type ContentLine, type Numbered, readExport } from './import.lines.ts';
import { addColors, addPlaces } from './import.repository.ts';
import type { Added, ItemLine, ItemTransfer } from './item.transfer.ts';
import { readLines } from './line.reader.ts';
import type { MinimumRate } from './minimum.rate.ts';
import { Upload } from './upload.ts';

export type Transfers = Record<ItemLine['type'], ItemTransfer>;

export interface ExportLimits {
  /** Room for the answers that imports leave for repetitions. */
  answers: Quota;
  /** How slow a line may be. */
  rate: MinimumRate;
}

/** Stores the lines of one type. */
interface LineTarget {
  add(tx: Queries, userId: string, lines: readonly Numbered<ContentLine>[]): Promise<Added>;
}

/** Files that arrive or wait at the same time, each in a file of its own here; one of each user. */
const arriving = { perUser: 1, atOnce: 16, waiting: 0, patienceMs: 5_000 };
/** Imports that are written at the same time, each with a connection. The gateway waits longer for the answer. */
const writing = { perUser: 1, atOnce: 2, waiting: 0, patienceMs: 60_000 };
/** Lines written at once, and how many characters they may have, but for a line that is longer. */
const batchLines = 500;
const batchText = 1024 * 1024;
/** Timeout of one statement, ms. */
const timeout = 20_000;
const idsNamed = 100;
/** The longest possible line is a collection of the largest size with its text escaped. */
const lineLength = 4 * 1024 * 1024;

export interface Imported {
  body: ImportResponse;
  /** Whether it repeats the answer of an earlier request with the same key. */
  replayed: boolean;
}

/** Imports an export: all of it, or nothing when a line is wrong. */
export class Import {
  readonly #store: StudyDatabase;
  readonly #transfers: Transfers;
  readonly #targets: Record<ContentLine['type'], LineTarget>;
  readonly #answers: Quota;
  readonly #rate: MinimumRate;
  readonly #arriving = new Slots('imports', arriving);
  readonly #writing = new Slots('imports', writing);

  constructor(store: StudyDatabase, transfers: Transfers, { answers, rate }: ExportLimits) {
    this.#answers = answers;
    this.#rate = rate;
    this.#store = store;
    this.#transfers = transfers;
    this.#targets = { color: { add: addColors }, history: { add: addPlaces }, ...transfers };
  }

  /**
   * Takes the whole file before anything else: nobody waits for somebody's slow line.
   * @throws ProblemError invalid-input, body-too-large, request-timeout, limit-reached, key-reused, too-many-requests,
   * unavailable
   */
  run(userId: string, key: string, stream: Readable): Promise<Imported> {
    return this.#arriving.run(userId, async () => {
      const upload = await Upload.take(stream, {
        bytes: studyLimits.importBytes,
        rate: this.#rate,
      });
      try {
        return await this.#writing.run(userId, () => this.#write(userId, key, upload));
      } finally {
        await upload.close();
      }
    });
  }

  #write(userId: string, key: string, upload: Upload): Promise<Imported> {
    const claim = { key, fingerprint: upload.fingerprint };
    return this.#answers.reserving(userId, (reserve) =>
      this.#store.write(
        userId,
        'import',
        async (tx) => {
          if (!(await take(tx, userId, claim))) {
            const kept = await recall(tx, userId, claim);
            if (kept) return { body: kept.body as ImportResponse, replayed: true };
            const forgotten = 'The key has just been forgotten.';
            throw new ProblemError('unavailable', forgotten, { retryAfter: 1 });
          }
          const body = await this.#add(tx, userId, readLines(upload.chunks(), lineLength));
          const answer = JSON.stringify({ status: 200, body });
          await reserve(answer.length);
          await keep(tx, userId, claim, answer);
          return { body, replayed: false };
        },
        { timeout },
      ),
    );
  }

  async #add(tx: Queries, userId: string, arrived: AsyncIterable<string>): Promise<ImportResponse> {
    let lines = 0;
    let added = 0;
    const kept: string[] = [];
    for await (const batch of batches(readExport(arrived))) {
      const result = await this.#targets[batch[0].line.type].add(tx, userId, batch);
      lines += batch.length;
      added += result.added;
      kept.push(...result.kept);
    }
    for (const { quota, usage } of Object.values(this.#transfers)) {
      quota.check(userId, await usage(tx, userId));
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
    text += line.length;
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
    text = line.length;
  }
  if (batch) yield batch;
}
