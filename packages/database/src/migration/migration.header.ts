import { MigrationError } from './migration.error.ts';

/** The statements in the comments at the top of a migration. */
export interface MigrationHeader {
  reversible: boolean;
  /** Of an irreversible one: why, and how to fix forward. */
  reason?: string;
  /** The data that going down loses; undefined for none. */
  loses?: string;
  /**
   * False for what PostgreSQL refuses in a transaction, e.g. CREATE INDEX CONCURRENTLY; then it must be one statement.
   */
  transaction: boolean;
}

const statement = /^--\s*@([\w-]+)[ \t]+(.+?)\s*$/;
const known = new Set(['reversible', 'down-loses', 'transaction']);

/**
 * Reads the statements `-- @name value` from the comments before the first line of SQL:
 *
 *     -- @reversible yes                         or: no: <why, and how to fix forward>
 *     -- @down-loses nothing                     or: <which data>; omitted when irreversible
 *     -- @transaction no                         only when it cannot run in a transaction
 *
 * @throws MigrationError naming everything that is missing or unknown
 */
export function parseHeader(name: string, sql: string): MigrationHeader {
  const faults: string[] = [];
  const said = new Map<string, string>();
  for (const line of sql.split('\n')) {
    if (line.trim() !== '' && !line.startsWith('--')) break;
    const [, key, value] = statement.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    if (!known.has(key)) faults.push(`@${key} is not known`);
    else if (said.has(key)) faults.push(`@${key} is said twice`);
    else said.set(key, value);
  }
  const reversible = said.get('reversible');
  const loses = said.get('down-loses');
  const transaction = said.get('transaction') ?? 'yes';
  const reason = /^no:\s*(\S.*)$/.exec(reversible ?? '')?.[1];
  if (reversible === undefined) faults.push('@reversible is missing');
  else if (reversible !== 'yes' && reason === undefined) {
    faults.push('@reversible is `yes`, or `no: <why, and how to fix forward>`');
  }
  if (reversible === 'yes' && loses === undefined) {
    faults.push('@down-loses is missing (`nothing`, or which data)');
  }
  if (reason !== undefined && loses !== undefined) {
    faults.push('@down-loses has no meaning where it cannot go down');
  }
  if (transaction !== 'yes' && transaction !== 'no') faults.push('@transaction is `yes` or `no`');
  if (faults.length > 0) throw new MigrationError(`Migration ${name}: ${faults.join('; ')}.`);
  return {
    reversible: reversible === 'yes',
    transaction: transaction === 'yes',
    ...(reason !== undefined && { reason }),
    ...(loses !== undefined && loses !== 'nothing' && { loses }),
  };
}
