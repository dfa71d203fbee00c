import pg from 'pg';
import { qualified } from './table.digest.ts';

/** More memory to build an index in one go. Only for a session that has the server to itself. */
const BUILD_MEMORY = "SET LOCAL maintenance_work_mem = '256MB'";
const STILL_NEEDED = '2BP01';

interface Removable {
  drop: string;
  add: string;
}

/**
 * Within a transaction, runs `work` on the tables of a schema without their triggers, foreign keys and indexes, so that
 * they can be filled in any order, by any owner, and quickly: rows derived by triggers are in the backup already, and
 * building an index once is faster than updating it row by row. Adding the keys again checks every row.
 */
export async function withoutConstraints<T>(
  client: pg.Client,
  schema: string,
  work: () => Promise<T>,
): Promise<T> {
  const references = await readConstraints(client, schema, ['f']);
  const keys = await readConstraints(client, schema, ['p', 'u', 'x']);
  const indexes = await readIndexes(client, schema);
  const switchTriggers = await readTriggers(client, schema);
  await client.query(BUILD_MEMORY);
  for (const { drop } of references) await client.query(drop);
  const dropped: Removable[] = [];
  for (const one of [...keys, ...indexes]) if (await tryDrop(client, one.drop)) dropped.push(one);
  await switchTriggers('DISABLE');
  const result = await work();
  await switchTriggers('ENABLE');
  for (const { add } of [...dropped, ...references]) await client.query(add);
  return result;
}

/** False when a function or a view depends on the key, which then stays. */
async function tryDrop(client: pg.Client, drop: string): Promise<boolean> {
  await client.query('SAVEPOINT before_drop');
  try {
    await client.query(drop);
    await client.query('RELEASE SAVEPOINT before_drop');
    return true;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== STILL_NEEDED) throw error;
    await client.query('ROLLBACK TO SAVEPOINT before_drop');
    return false;
  }
}

async function readConstraints(
  client: pg.Client,
  schema: string,
  types: readonly string[],
): Promise<Removable[]> {
  const { rows } = await client.query<Removable>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', t.name, k.conname) AS drop,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', t.name, k.conname, pg_get_constraintdef(k.oid)) AS add
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     CROSS JOIN LATERAL format('%I.%I', n.nspname, c.relname) AS t (name)
     WHERE n.nspname = $1 AND k.contype = ANY ($2::"char"[]) AND k.conparentid = 0`,
    [schema, types],
  );
  return rows;
}

/** Indexes that do not belong to a constraint. */
async function readIndexes(client: pg.Client, schema: string): Promise<Removable[]> {
  const { rows } = await client.query<Removable>(
    `SELECT format('DROP INDEX %I.%I', n.nspname, i.relname) AS drop, pg_get_indexdef(i.oid) AS add
     FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = i.relnamespace
     WHERE n.nspname = $1 AND NOT i.relispartition
       AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.oid AND k.contype IN ('p', 'u', 'x'))`,
    [schema],
  );
  return rows;
}

async function readTriggers(client: pg.Client, schema: string) {
  const { rows } = await client.query<{ table: string; trigger: string }>(
    `SELECT c.relname AS table, quote_ident(t.tgname) AS trigger FROM pg_trigger t
     JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND NOT t.tgisinternal AND t.tgenabled = 'O'`,
    [schema],
  );
  return async (to: 'DISABLE' | 'ENABLE'): Promise<void> => {
    for (const { table, trigger } of rows) {
      await client.query(`ALTER TABLE ${qualified(schema, table)} ${to} TRIGGER ${trigger}`);
    }
  };
}
