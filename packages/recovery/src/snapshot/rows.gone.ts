import { lastingTables } from '@gospelib/data-ops';
import type { Finding } from './finding.ts';
import type { BackupSnapshot, DatabaseSnapshot, GoneRows } from './snapshot.types.ts';

/** Of fewer, somebody may well have deleted most. */
const FEWEST = 10;

/** What is gone for longer is taken for deleted on purpose. */
const LOOKBACK_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Tables that have less than half of the rows that a verified backup of the last seven days has, each with the newest
 * such backup: those that were taken after an accident do not know of it.
 */
export function findGoneRows(
  database: DatabaseSnapshot | undefined,
  backups: BackupSnapshot | undefined,
  now: Date,
): GoneRows[] {
  const counts = new Map(
    database?.schemas.flatMap(({ schema, rows }) =>
      Object.entries(rows).map(([table, count]): [string, number] => [`${schema}.${table}`, count]),
    ),
  );
  const recent =
    backups?.database.filter(
      ({ createdAt }) => now.getTime() - Date.parse(createdAt) <= LOOKBACK_MS,
    ) ?? [];
  const onlyReader = counts.get('accounts.users') === 1;
  return lastingTables.flatMap((table) => {
    const has = counts.get(table);
    if (has === undefined) return [];
    const backup = recent.find(({ rows }) => {
      const had = rows[table] ?? 0;
      return had >= FEWEST && has * 2 < had;
    });
    if (backup === undefined) return [];
    return {
      table,
      has,
      had: backup.rows[table] ?? 0,
      plausible: has > 0 || onlyReader,
      backup: backup.id,
      since: backup.createdAt,
    };
  });
}

export function tellGoneRows({ table, has, had, plausible, backup, since }: GoneRows): Finding {
  const text =
    `${table} has ${count(has)}, the backup of ${since} (${backup}) had ${had.toLocaleString('en')}. ` +
    'When readers deleted them, nothing needs to be done: this is said for seven days.';
  return { kind: 'rows-gone', level: plausible ? 'warning' : 'fault', subject: table, text };
}

function count(rows: number): string {
  return rows === 1 ? '1 row' : `${rows.toLocaleString('en')} rows`;
}
