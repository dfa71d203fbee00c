/** Whether PostgreSQL answers in time, be it with a refusal. */
export async function postgresAnswers(url: string, timeoutMs: number): Promise<boolean> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: url,
    application_name: 'gospelib-supervisor',
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch (error) {
    // Only an answer of the server has a severity.
    return 'severity' in (error as object);
  } finally {
    // Not waited for: one that hangs does not hear it.
    void client.end().catch(() => undefined);
  }
}
