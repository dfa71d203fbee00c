import type pg from 'pg';
import {
  isStoreUnavailable,
  SchemaMissingError,
  StoreUnavailableError,
  sqlStateOf,
} from './database.error.ts';
import { DatabasePool } from './database.pool.ts';
import { observed, type QueryObserver } from './query.span.ts';
import { StatementNames } from './statement.names.ts';

export interface DatabaseOptions {
  /**
   * `postgresql://role:secret@host:port/database`, with the service's own role. A function is asked for each new
   * connection: that is how a changed password comes in without a restart. While the server refuses the new one, the one
   * before serves.
   */
  url: string | (() => string);
  /** The schema this service owns: unqualified names resolve to its tables only. */
  schema: string;
  /** Shown in `pg_stat_activity`. */
  application: string;
  /** Maximum number of connections, default 10. */
  connections?: number;
  /** How long a request waits for a connection before it fails. Milliseconds, default 800. */
  connectTimeout?: number;
  /** A query that takes longer fails, on the server and here. Milliseconds, default 900. */
  queryTimeout?: number;
  /** Age at which a connection is replaced by a new one, seconds. Default: never. */
  connectionLifetime?: number;
  /** Called once per query, for metrics. */
  onQuery?: QueryObserver;
  /** Called when an idle connection is lost, for the log; the next query opens a new one. */
  onLost?: (error: Error) => void;
}

/** One row of a result; name its columns with an interface. */
export type Row = object;

/** Runs queries: the database itself, or one transaction of it. */
export interface Queries {
  /**
   * Runs one statement and returns its rows. Values go in `values` only (`$1`, `$2`…).
   * `name` appears in traces and metrics.
   * @throws StoreUnavailableError when the store is unavailable or too slow; `pg`'s DatabaseError when it refuses (see
   * `sqlStateOf`)
   */
  query<R extends Row>(name: string, text: string, values?: readonly unknown[]): Promise<R[]>;
}

export interface TransactionOptions {
  /** The timeout of each statement, ms: for a transaction that may take longer than a request's queries. */
  timeout?: number;
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
  /** A statement (name, text, values) before all others, sent in the same round trip as the first of them. */
  begin?: readonly [name: string, text: string, values: readonly unknown[]];
}

const WARM = 4;

/** Opens no connection yet: the first query does, and any later one that finds it lost. */
export function connectDatabase(options: DatabaseOptions): Database {
  return new Database(options);
}

/**
 * PostgreSQL for one service, with limits on connections and time: when it is stopped, a request fails within a second.
 */
export class Database implements Queries {
  /** For libraries that run their own queries; pass their errors through `asStoreError`. */
  readonly pool: pg.Pool;
  readonly #options: DatabaseOptions;
  readonly #timeout: number;
  readonly #names = new StatementNames();

  constructor(options: DatabaseOptions) {
    this.#options = options;
    this.#timeout = options.queryTimeout ?? 900;
    if (!/^[a-z][a-z0-9_]*$/.test(options.schema)) throw new Error('A schema has a plain name.');
    this.pool = new DatabasePool(options.url, {
      application_name: options.application,
      max: options.connections ?? 10,
      connectionTimeoutMillis: options.connectTimeout ?? 800,
      idleTimeoutMillis: 30_000,
      maxLifetimeSeconds: options.connectionLifetime ?? 0,
      keepAlive: true,
      // Statements that do not wait for each other share a round trip.
      pipeline: true,
      options: `-c search_path=${options.schema} -c statement_timeout=${this.#timeout}`,
      // Later than the server's own timeout, so that a server that still answers has ended the query by then.
      query_timeout: this.#timeout + 100,
      // A request that dies between its statements must not keep its locks.
      idle_in_transaction_session_timeout: 10_000,
    });
    this.pool.on('error', (error) => options.onLost?.(error));
    // A connection may also be lost between two statements of a transaction: the next one then fails with the error.
    // Without this listener the process would end.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  query<R extends Row>(name: string, text: string, values: readonly unknown[] = []): Promise<R[]> {
    const { schema, onQuery } = this.#options;
    return observed(name, schema, onQuery, () =>
      this.#withClient(async (client) => {
        const { rows } = await client.query<R>(this.#statement(text, values));
        return rows;
      }),
    );
  }

  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it throws.
   * Queries within must use the `Queries` it is given.
   * @throws StoreUnavailableError also when the answer to COMMIT got lost: the caller must be able to repeat it.
   */
  transaction<T>(
    name: string,
    work: (queries: Queries) => Promise<T>,
    { timeout, isolation = 'read committed', begin }: TransactionOptions = {},
  ): Promise<T> {
    const { schema, onQuery } = this.#options;
    return this.#withClient(async (client) => {
      const limit = timeout === undefined ? {} : { query_timeout: timeout + 100 };
      const queries: Queries = {
        query: (query, text, values = []) =>
          observed(query, schema, onQuery, async () => {
            const { rows } = await client.query({ ...this.#statement(text, values), ...limit });
            return rows;
          }),
      };
      try {
        // Sent in this order without waiting for each: when one fails, those behind it fail too.
        const [, , , result] = await allOf(
          client.query(`BEGIN ISOLATION LEVEL ${isolation}`),
          timeout !== undefined &&
            client.query(`SET LOCAL statement_timeout = ${Math.trunc(timeout)}`),
          begin && queries.query(...begin),
          work(queries),
        );
        await observed(`${name} commit`, schema, onQuery, () => client.query('COMMIT'));
        return result;
      } catch (error) {
        if (!isStoreUnavailable(error)) await client.query('ROLLBACK');
        throw error;
      }
    });
  }

  /** @throws StoreUnavailableError */
  async ping(): Promise<void> {
    await this.#withClient((client) => client.query('SELECT 1'));
  }

  /**
   * For readiness: checks that a migration this release needs has been applied. Later ones may be applied, too.
   * @throws SchemaMissingError, StoreUnavailableError
   */
  async requireMigration(migration: string): Promise<void> {
    const { schema } = this.#options;
    const missing = new SchemaMissingError(
      `The schema ${schema} lacks migration ${migration}: run ./gl db migrate.`,
    );
    try {
      const found = await this.query('schema check', 'SELECT FROM migrations WHERE name = $1', [
        migration,
      ]);
      if (found.length === 0) throw missing;
    } catch (error) {
      // 42P01: no such table; 42501, 3F000: no right to the schema, or no such schema.
      const state = (error as { code?: unknown }).code;
      throw state === '42P01' || state === '42501' || state === '3F000' ? missing : error;
    }
  }

  /**
   * Opens some connections before the first requests need them. What cannot be reached yet is no fault: a request that
   * comes finds out.
   */
  async warm(): Promise<void> {
    const some = Math.min(WARM, this.#options.connections ?? WARM);
    const opened = Array.from({ length: some }, () => this.pool.connect());
    for (const one of await Promise.allSettled(opened)) {
      if (one.status === 'fulfilled') one.value.release();
    }
  }

  /** Waits for running queries, then closes every connection. */
  async close(): Promise<void> {
    await this.pool.end();
  }

  #statement(text: string, values: readonly unknown[]): pg.QueryConfig {
    const name = this.#names.of(text);
    return { text, values: [...values], ...(name !== undefined && { name }) };
  }

  async #withClient<T>(run: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    let client: pg.PoolClient;
    try {
      client = await this.pool.connect();
    } catch (cause) {
      // Also when the role or password is refused: for the caller the store is unavailable.
      throw new StoreUnavailableError(`No connection to PostgreSQL: ${reasonOf(cause)}`, { cause });
    }
    let broken = false;
    try {
      return await run(client);
    } catch (error) {
      // After a timeout here the answer may still arrive and would be taken for the next query's.
      broken = isStoreUnavailable(error) || isOutdated(error);
      throw asStoreError(error);
    } finally {
      client.release(broken);
    }
  }
}

/** As `Promise.all`, but rejects only when all have settled: none still uses a connection that was released. */
async function allOf<T extends readonly unknown[]>(
  ...promises: { [K in keyof T]: T[K] | Promise<T[K]> }
): Promise<T> {
  await Promise.allSettled(promises);
  return Promise.all(promises) as Promise<T>;
}

/**
 * A statement prepared before a migration changed a column's type fails for as long as its connection lives. The failed
 * statement changed nothing.
 */
function isOutdated(error: unknown): boolean {
  return sqlStateOf(error) === '0A000';
}

/**
 * Turns an error of `pg` into StoreUnavailableError when the store is unavailable or a retry will help; others
 * unchanged.
 */
export function asStoreError(error: unknown): unknown {
  if (error instanceof StoreUnavailableError) return error;
  if (!isStoreUnavailable(error) && !isOutdated(error)) return error;
  return new StoreUnavailableError(`PostgreSQL does not answer: ${reasonOf(error)}`, {
    cause: error,
  });
}

/** The AggregateError of several addresses that failed has a code, but no message. */
function reasonOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return message || String(code);
}
