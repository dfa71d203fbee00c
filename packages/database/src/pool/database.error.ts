/**
 * PostgreSQL is unreachable, stopped, restarting or overloaded. A write in flight may or may not have been committed.
 */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

/** The database lacks a migration that this release needs. */
export class SchemaMissingError extends Error {
  override readonly name = 'SchemaMissingError';

  /** What readiness tells the operator. */
  get reason(): string {
    return this.message;
  }
}

/** SQLSTATE classes and codes about the server rather than the query (PostgreSQL manual, appendix A). */
const away = /^(08|53|57P0|25P03|57014|58)/;

/** Messages that `pg` gives without a code. */
const lost =
  /Connection terminated|timeout expired|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Cannot use a pool after|Connection ended unexpectedly/i;

/** Whether an error of `pg` means that the store is unavailable rather than that it refused a query. */
export function isStoreUnavailable(error: unknown): boolean {
  if (error instanceof StoreUnavailableError) return true;
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as NodeJS.ErrnoException;
  return (
    syscall !== undefined || (code !== undefined && away.test(code)) || lost.test(error.message)
  );
}

/** The SQLSTATE of a refused query, e.g. `23505` for a violated unique constraint; undefined for other errors. */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  return severity !== undefined && typeof code === 'string' ? code : undefined;
}
