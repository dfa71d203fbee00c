import type { Merge, Refill, Replay } from '@gospelib/database';

/** What a replay did, for people: what is right again, what came back from the backup, what did not. */
export function tellReplay({ schema, replayed, left, refills, orphans, rebuilt }: Replay): string {
  const sentences = [
    replayed.length === 0
      ? `Nothing in ${schema} had to be made again.`
      : `Made again as the migrations of ${schema} define it; it had been so that ${replayed.join('; ')}.`,
    ...refills.map(tellRefill),
    ...orphans.map(
      ({ table, rows }) => `${count(rows)} of ${table} whose owner is gone went with it.`,
    ),
    ...rebuilt.map(
      ({ table, rows }) => `${table} was derived anew: ${count(rows)} had not been right.`,
    ),
    ...left.map(({ says, reason }) => `Still so: ${says}. PostgreSQL refused: ${reason}.`),
  ];
  return sentences.join(' ');
}

/** What came back, for people. */
export function tellMerge({ since, merged }: Merge): string {
  const parts = merged.map(({ table, rows }) => `${count(rows)} of ${table}`);
  return `Back from the backup of ${since}: ${parts.join(', ')}. What lay there was left as it is.`;
}

function tellRefill({ table, column, since, refilled, unknown, instead, outdated, empty }: Refill) {
  if (empty !== undefined) return `${table} is empty: ${empty}.`;
  if (column === undefined) {
    return `${table} has the ${count(refilled)} of the backup of ${since}; what was written to it later is lost.`;
  }
  const parts = [
    `${table}.${column} has the values of the backup of ${since} in ${count(refilled)}`,
  ];
  if (outdated)
    parts.push(`${count(outdated)} of them were changed since, and may have an older value`);
  if (unknown) parts.push(`${count(unknown)} that are newer have ${instead}: their value is lost`);
  return `${parts.join('; ')}.`;
}

function count(rows: number): string {
  return rows === 1 ? '1 row' : `${rows.toLocaleString('en')} rows`;
}
