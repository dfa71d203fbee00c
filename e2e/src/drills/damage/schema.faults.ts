import { schemaSource } from '@gospelib/data-ops';
import { compareShape, migrationStatus } from '@gospelib/database';
import type { Stack } from '../stack/stack.ts';
import { sql } from './database.damage.ts';

/** What is not as the migrations of this release make it, in the schema of study. */
export async function schemaFaults(stack: Stack): Promise<string[]> {
  const target = {
    ...(await schemaSource(stack.environment, 'study')),
    url: await stack.environment.storeAddress('postgresql'),
  };
  const states = await migrationStatus(target);
  const lost = await compareShape(target);
  return [
    ...states
      .filter(({ state }) => state !== 'applied')
      .map(({ name, state }) => `The migration ${name} is ${state}.`),
    ...lost.map(({ says }) => `${says}.`),
  ];
}

/** Whether a chapter finds the notes that name it: what the index has, and what the notes themselves have. */
export async function mentionFaults(stack: Stack): Promise<string[]> {
  const named = `SELECT n.user_id, n.id, m.value ->> 'passage' FROM study.notes n, jsonb_array_elements(n.mentions) m (value)`;
  const indexed = 'SELECT user_id, note_id, passage FROM study.note_mentions';
  const [found] = (await sql(
    stack,
    `SELECT (SELECT count(*)::int FROM (${named} EXCEPT ${indexed}) a) AS missing,
       (SELECT count(*)::int FROM (${indexed} EXCEPT ${named}) b) AS wrong`,
  )) as [{ missing: number; wrong: number }];
  const { missing, wrong } = found;
  if (missing + wrong === 0) return [];
  return [`The index of mentions lacks ${missing}, and has ${wrong} that no note makes.`];
}
