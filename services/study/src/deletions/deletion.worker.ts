import type { DeletionsResponse } from '@gospelib/contracts';
import type { StudyDatabase } from '../store/study.database.ts';
import type { DeletionFeed } from './deletion.feed.ts';
import { deleteEverything } from './deletion.repository.ts';

type Deletion = DeletionsResponse['items'][number];

interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface DeletionWorkerOptions {
  store: StudyDatabase;
  feed: DeletionFeed;
  log: Log;
  /** Time between two polls, ms. */
  pollMs: number;
}

/** Deleting a reader's 100,000 notes takes seconds, ms. */
const timeout = 60_000;

/**
 * Deletes everything of readers whose accounts were deleted: once when it learns of the deletion, and again when their
 * last token has expired; the second time is confirmed. Every step can be repeated, by any number of instances and
 * after
 * any crash.
 */
export class DeletionWorker {
  readonly #options: DeletionWorkerOptions;
  /** Users deleted once who wait for the final deletion; only spares the database repetition. */
  #seen = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #failing = false;

  constructor(options: DeletionWorkerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), this.#options.pollMs);
    this.#timer.unref();
    this.#tick();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#working;
  }

  /** Polls the feed once. */
  async work(): Promise<void> {
    const pending = await this.#options.feed.pending();
    for (const deletion of pending) await this.#delete(deletion);
    const still = new Set(pending.map(({ userId }) => userId));
    this.#seen = this.#seen.intersection(still);
  }

  async #delete({ userId, finalAt }: Deletion): Promise<void> {
    const final = Date.parse(finalAt) <= Date.now();
    if (this.#seen.has(userId) && !final) return;
    const { store, feed, log } = this.#options;
    const rows = await store.write(
      userId,
      'delete everything',
      (queries) => deleteEverything(queries, userId),
      { timeout },
    );
    this.#seen.add(userId);
    if (final) await feed.confirm(userId);
    log.info({ rows, final }, 'deleted what an account left');
  }

  #tick(): void {
    this.#working ??= this.work()
      .then(
        () => {
          this.#failing = false;
        },
        (err: unknown) => {
          // Logged once per outage of accounts or the database, not at every poll.
          if (!this.#failing)
            this.#options.log.warn({ err }, 'polling for deleted accounts failed');
          this.#failing = true;
        },
      )
      .finally(() => {
        this.#working = undefined;
      });
  }
}
