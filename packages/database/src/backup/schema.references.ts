import type pg from 'pg';
import { qualified } from './table.digest.ts';

/**
 * Runs `work` on tables without their foreign keys and triggers, so that they can be filled in any order, and by any owner:
 * what triggers derive is among the rows already. Making the keys again checks every row.
 */
export async function withoutReferences<T>(
  client: pg.Client,
  schema: string,
  work: () => Promise<T>,
): Promise<T> {
  const references = await client.query<{ drop: string; add: string }>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', t.name, k.conname) AS drop,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', t.name, k.conname, pg_get_constraintdef(k.oid)) AS add
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     CROSS JOIN LATERAL format('%I.%I', n.nspname, c.relname) AS t (name)
     WHERE n.nspname = $1 AND k.contype = 'f' AND k.conparentid = 0`,
    [schema],
  );
  const triggers = await client.query<{ table: string; trigger: string }>(
    `SELECT c.relname AS table, quote_ident(t.tgname) AS trigger FROM pg_trigger t
     JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND NOT t.tgisinternal AND t.tgenabled = 'O'`,
    [schema],
  );
  const switchTriggers = async (to: 'DISABLE' | 'ENABLE'): Promise<void> => {
    for (const { table, trigger } of triggers.rows) {
      await client.query(`ALTER TABLE ${qualified(schema, table)} ${to} TRIGGER ${trigger}`);
    }
  };
  for (const { drop } of references.rows) await client.query(drop);
  await switchTriggers('DISABLE');
  const result = await work();
  await switchTriggers('ENABLE');
  for (const { add } of references.rows) await client.query(add);
  return result;
}
