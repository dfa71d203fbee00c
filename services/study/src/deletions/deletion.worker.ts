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
  /** Time between two looks, ms. */
  pollMs: number;
}

/** The statements of one reader's 100,000 notes take seconds, ms. */
const timeout = 60_000;

/**
 * Deletes what readers made whose accounts are deleted: at once when it is heard of, and again when their last token has
 * expired, which is then confirmed. Every step can be repeated, by any number of instances and after any crash.
 */
export class DeletionWorker {
  readonly #options: DeletionWorkerOptions;
  /** Those that were deleted once and wait for their end: only to spare the database repetition. */
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

  /** One look at the feed. */
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
    const rows = await store.as(
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
          // Said once for each time that accounts or the database is away, not at every look.
          if (!this.#failing) this.#options.log.warn({ err }, 'deleted accounts were not followed');
          this.#failing = true;
        },
      )
      .finally(() => {
        this.#working = undefined;
      });
  }
}
