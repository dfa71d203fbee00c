/** The database of an address. */
export function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

/** The same server and role, another database. */
export function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.href;
}

/** The database to connect to for creating and renaming the others. */
export function maintenanceUrl(url: string): string {
  return withDatabase(url, 'postgres');
}

const RETAINED = '_before_';
const RESTORE = '_restore_';

/** `gospelib_before_20261125t161502123z`: the live database until then, to the millisecond. */
export function retainedName(live: string, now: Date): string {
  return `${live}${RETAINED}${stamp(now)}`;
}

/** A database that a restore is filling. */
export function restoreName(live: string, now: Date): string {
  return `${live}${RESTORE}${stamp(now)}`;
}

export function isRestoreOf(live: string, name: string): boolean {
  return name.startsWith(`${live}${RESTORE}`);
}

/** When a retained database was replaced, ISO 8601; undefined for any other name. */
export function retainedSince(live: string, name: string): string | undefined {
  if (!name.startsWith(`${live}${RETAINED}`)) return undefined;
  const parts = /^(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(\d\d)(\d{3})z$/.exec(
    name.slice(`${live}${RETAINED}`.length),
  );
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second, milliseconds] = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`;
}

function stamp(now: Date): string {
  return now.toISOString().replace(/[-:.]/g, '').toLowerCase();
}
