import pg from 'pg';

/** 55P03: a lock was not to be had in time. 40P01: two waited for each other. */
const contended = new Set(['55P03', '40P01']);

export function isContended(error: unknown): boolean {
  return contended.has((error as pg.DatabaseError).code ?? '');
}

/** Runs a statement that may be refused without ending the transaction. @throws what another run may not meet */
export async function tryUnit(
  client: pg.Client,
  sql: string,
): Promise<{ refused?: string; rows: number; first?: Record<string, unknown> }> {
  await client.query('SAVEPOINT unit');
  try {
    // Several statements in one have a result each.
    const done: pg.QueryResult | pg.QueryResult[] = await client.query(sql);
    await client.query('RELEASE SAVEPOINT unit');
    return Array.isArray(done) ? { rows: 0 } : { rows: done.rowCount ?? 0, first: done.rows[0] };
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || isContended(error)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT unit');
    return { refused: error.message, rows: 0 };
  }
}
