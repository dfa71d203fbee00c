import {
  type Database,
  isStoreUnavailable,
  type Queries,
  type Row,
  sqlStateOf,
  type TransactionOptions,
} from '@gospelib/database';
import { ProblemError, Slots } from '@gospelib/service-kit';

/**
 * The head of a statement that is its own transaction and only inserts rows: `me` holds the user's id ($1). Reading
 * `me.user_id` sets it for row-level security before the first row is checked.
 */
export const me = `me AS MATERIALIZED (SELECT set_config('study.user_id', $1, true) AS user_id)`;

export interface WorkOptions {
  /** Timeout of each statement, ms, for work that takes longer than a request. */
  timeout?: number;
}

/** What is read in several statements is read of one moment. */
const isolation = 'repeatable read';

/** The connections of a service: what reads long is never in the way of what writes. */
export interface StudyPools {
  reading: Database;
  writing: Database;
}

/** Of each pool: a user's requests beyond these wait for each other. About as long as the pool lets wait for a connection. */
const share = { perUser: 2, waiting: 64, patienceMs: 800 };
const readingShare = { ...share, rest: { afterMs: 50, times: 1 } };

/**
 * Access to the schema, always as one user: row-level security hides and refuses the rows of others. No user has more
 * than a share of the connections.
 */
export class StudyDatabase {
  readonly #pools: StudyPools;
  readonly #shares: Record<keyof StudyPools, Slots>;

  /** @param onWork called with how long a user had a connection, ms */
  constructor(pools: StudyPools, onWork: (userId: string, ms: number) => void = () => undefined) {
    this.#pools = pools;
    this.#shares = {
      reading: new Slots('reading requests', { ...readingShare, onHeld: onWork }),
      writing: new Slots('writing requests', { ...share, onHeld: onWork }),
    };
  }

  /** Runs `work`, which changes nothing, in one transaction as `userId`. @throws ProblemError store-unavailable */
  read<T>(
    userId: string,
    name: string,
    work: (tx: Queries) => Promise<T>,
    options: WorkOptions = {},
  ): Promise<T> {
    return this.#as('reading', userId, name, work, { ...options, isolation });
  }

  /** Runs `work` in one transaction as `userId`. @throws ProblemError store-unavailable */
  write<T>(
    userId: string,
    name: string,
    work: (tx: Queries) => Promise<T>,
    options: WorkOptions = {},
  ): Promise<T> {
    return this.#as('writing', userId, name, work, options);
  }

  #as<T>(
    pool: keyof StudyPools,
    userId: string,
    name: string,
    work: (tx: Queries) => Promise<T>,
    options: TransactionOptions,
  ): Promise<T> {
    const begin = [
      'become reader',
      `SELECT set_config('study.user_id', $1, true)`,
      [userId],
    ] as const;
    return this.#shares[pool].run(userId, () =>
      answering(() => this.#pools[pool].transaction(name, work, { ...options, begin })),
    );
  }

  /** Runs one statement that begins with `me`, in one round trip. @throws ProblemError store-unavailable */
  add<R extends Row>(
    name: string,
    text: string,
    values: readonly [userId: string, ...unknown[]],
  ): Promise<R[]> {
    return this.#shares.writing.run(values[0], () =>
      answering(() => this.#pools.writing.query<R>(name, text, values)),
    );
  }

  /** Runs one statement as no user, for rows that belong to no reader. @throws ProblemError store-unavailable */
  asNobody<R extends Row>(name: string, text: string, values: readonly unknown[]): Promise<R[]> {
    return answering(() => this.#pools.reading.query<R>(name, text, values));
  }
}

/** No such table, column, function or schema: a migration is missing, or is being rolled back. */
const missing = new Set(['42P01', '42703', '42883', '3F000']);

async function answering<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    if (missing.has(sqlStateOf(cause) ?? '')) {
      throw new ProblemError('not-ready', 'The database is being brought up to date.', {
        retryAfter: 5,
        cause,
      });
    }
    if (!isStoreUnavailable(cause)) throw cause;
    throw new ProblemError(
      'store-unavailable',
      'What you wrote cannot be reached right now; a change that was not confirmed is safe to send again.',
      { retryAfter: 1, cause },
    );
  }
}
