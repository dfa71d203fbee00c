import { exitCodes, OperatorError } from '@gospelib/cli-kit';
import { lastingTables, schemaSource, schemas } from '@gospelib/data-ops';
import {
  compareShape,
  countRows,
  hasMigrationList,
  headlines,
  heldTables,
  isStoreUnavailable,
  type MigrationState,
  type MigrationTarget,
  migrationStatus,
  readMigrations,
  sqlStateOf,
  type TableLock,
} from '@gospelib/database';
import type { Environment } from '@gospelib/environment';
import type { Finding } from './finding.ts';
import { type Answer, reasonOf, unknown } from './probe.answer.ts';
import { isRoleRefused } from './role.probe.ts';
import type { DatabaseSnapshot, SchemaSnapshot } from './snapshot.types.ts';

const NAMED = 12;

/** A migration holds a table for a moment. */
const HELD_MS = 3_000;

/** SQLSTATE. */
const DISK_FULL = '53100';
const LOCK_NOT_AVAILABLE = '55P03';

/** Migrations against this release, and what each schema has against what its migrations make. */
export async function probeDatabase(
  environment: Environment,
  say: (line: string) => void,
): Promise<Answer<DatabaseSnapshot>> {
  try {
    const url = await environment.storeAddress('postgresql');
    const found: SchemaSnapshot[] = [];
    const findings: Finding[] = [];
    for (const schema of schemas) {
      say(`looking at PostgreSQL’s schema ${schema} …`);
      const answer = await probeSchema(environment, schema, url);
      if (answer.snapshot !== undefined) found.push(answer.snapshot);
      findings.push(...answer.findings);
    }
    return { snapshot: { schemas: found }, findings };
  } catch (error) {
    if (!isAway(error) && !isNeverMade(error)) throw error;
    const text = `PostgreSQL does not answer: nobody can sign in or write. ${(error as Error).message}`;
    return {
      snapshot: undefined,
      findings: [{ kind: 'database-away', level: 'fault', subject: 'postgresql', text }],
    };
  }
}

/** One that this command does not lead to (exit code 4) says nothing of whether others reach it. */
function isNeverMade(error: unknown): boolean {
  return error instanceof OperatorError && error.exitCode !== exitCodes.refused;
}

/** A full disk is PostgreSQL's answer, too, and no sign that it is away. */
function isAway(error: unknown): boolean {
  return isStoreUnavailable(error) && sqlStateOf(error) !== DISK_FULL;
}

/** Each schema for itself: what hinders a look at one says nothing of the others. */
async function probeSchema(
  environment: Environment,
  schema: string,
  url: string,
): Promise<Answer<SchemaSnapshot>> {
  let target: MigrationTarget;
  try {
    target = { ...(await schemaSource(environment, schema, 'running')), url };
  } catch (error) {
    return unknownSchema(schema, reasonOf(error));
  }
  try {
    const reason = await whoHolds(target, HELD_MS);
    if (reason !== undefined) return unknownSchema(schema, reason);
    const snapshot = await readSchema(environment, target);
    return { snapshot, findings: tell(snapshot) };
  } catch (error) {
    if (isAway(error)) throw error;
    const waited = sqlStateOf(error) === LOCK_NOT_AVAILABLE;
    const holder = waited ? await whoHolds(target, 0) : undefined;
    return unknownSchema(schema, holder ?? reasonOf(error));
  }
}

function unknownSchema(schema: string, reason: string): Answer<SchemaSnapshot> {
  return {
    snapshot: undefined,
    findings: [unknown(schema, `the schema ${schema} of PostgreSQL`, reason)],
  };
}

async function whoHolds(
  { url, schema }: MigrationTarget,
  longerMs: number,
): Promise<string | undefined> {
  const [held] = await heldTables(url, schema, longerMs);
  return held === undefined ? undefined : describeLock(schema, held);
}

function describeLock(schema: string, { table, pid, application, since }: TableLock): string {
  const who = application === '' ? `process ${pid}` : `process ${pid} (${application})`;
  return `${schema}.${table} is locked by ${who} of PostgreSQL since ${since}: nobody else can read or write it. When that should not be, \`SELECT pg_terminate_backend(${pid})\` ends it and undoes what it has not committed.`;
}

async function readSchema(
  environment: Environment,
  target: MigrationTarget,
): Promise<SchemaSnapshot> {
  const { schema, url } = target;
  const migrations = await migrationStatus(target);
  const whyNot = new Map(readMigrations(target.folder).map(({ name, reason }) => [name, reason]));
  // What a newer release made cannot be told from what is missing.
  const comparable = migrations.every(({ state }) => state !== 'unknown');
  const lasting = lastingTables.flatMap((name) => {
    const [of, table = ''] = name.split('.');
    return of === schema ? table : [];
  });
  return {
    schema,
    migrations: migrations.map((one) => ({ ...one, irreversibleBecause: whyNot.get(one.name) })),
    lost: comparable ? await compareShape(target) : [],
    isGone: !(await hasMigrationList(url, schema)),
    rows: await countRows(url, schema, lasting),
    roleRefused: await isRoleRefused(environment, schema, url),
  };
}

function tell({ schema, migrations, lost, isGone, roleRefused }: SchemaSnapshot): Finding[] {
  const named = (state: MigrationState['state']) =>
    migrations.filter((one) => one.state === state).map(({ name }) => name);
  const pending = named('pending');
  const unknown = named('unknown');
  const findings: Finding[] = [];
  if (roleRefused) {
    const text = `PostgreSQL refuses ${schema}_service, the role of the service ${schema}, with the password that the service is given: nobody can use what is in its schema.`;
    findings.push({ kind: 'role-refused', level: 'fault', subject: schema, text });
  }
  if (isGone) {
    const text = `The schema ${schema} has no list of applied migrations: it was never made, or it is gone.`;
    findings.push({ kind: 'schema-gone', level: 'fault', subject: schema, text });
  } else if (pending.length > 0) {
    const text = `The schema ${schema} is behind this release: ${pending.join(', ')} did not run, or was undone when it failed.`;
    findings.push({ kind: 'schema-pending', level: 'fault', subject: schema, text });
  }
  if (unknown.length > 0) {
    const text = `The schema ${schema} is ahead of this release: ${unknown.join(', ')} came with another one.`;
    findings.push({ kind: 'schema-unknown', level: 'fault', subject: schema, text });
  }
  const headed = headlines(lost);
  if (headed.length > 0) {
    const text = `The schema ${schema} is not as its migrations define it.`;
    const details = headed.slice(0, NAMED).map(({ says }) => sentence(says));
    if (headed.length > NAMED) details.push(`And ${headed.length - NAMED} more.`);
    findings.push({ kind: 'schema-damaged', level: 'fault', subject: schema, text, details });
  }
  return findings;
}

function sentence(says: string): string {
  return `${says.charAt(0).toUpperCase()}${says.slice(1)}.`;
}
