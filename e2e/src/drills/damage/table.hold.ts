import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Stack } from '../stack/stack.ts';

/** Holds a table alone, as a migration does that was forgotten at a prompt; everybody else waits. */
export async function holdTable(
  { environment }: Stack,
  table: string,
): Promise<() => Promise<void>> {
  const connectionString = await environment.storeAddress('postgresql');
  const client = new pg.Client({ connectionString, application_name: 'a forgotten prompt' });
  await client.connect();
  await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  // What is held for a moment is no finding.
  await sleep(4_000);
  return () => client.end();
}
