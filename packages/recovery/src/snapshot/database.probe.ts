import { OperatorError } from '@gospelib/cli-kit';
import { schemaSource, schemas } from '@gospelib/data-ops';
import {
  compareShape,
  isStoreUnavailable,
  type MigrationState,
  type MigrationTarget,
  migrationStatus,
  readMigrations,
  type ShapeDifference,
} from '@gospelib/database';
import type { Environment } from '@gospelib/environment';
import type { Finding } from './finding.ts';
import type { DatabaseSnapshot, SchemaSnapshot } from './snapshot.types.ts';

const NAMED = 12;

/** Migrations against this release, and what each schema has against what its migrations make. */
export async function probeDatabase(
  environment: Environment,
): Promise<{ snapshot: DatabaseSnapshot | undefined; findings: Finding[] }> {
  try {
    const url = await environment.storeAddress('postgresql');
    const found: SchemaSnapshot[] = [];
    for (const schema of schemas) {
      const source = await schemaSource(environment, schema, 'running');
      found.push(await probeSchema({ ...source, url }));
    }
    return { snapshot: { schemas: found }, findings: found.flatMap(tell) };
  } catch (error) {
    if (!isStoreUnavailable(error) && !(error instanceof OperatorError)) throw error;
    const text = `PostgreSQL does not answer: nobody can sign in or write. ${(error as Error).message}`;
    return {
      snapshot: undefined,
      findings: [{ kind: 'database-away', level: 'fault', subject: 'postgresql', text }],
    };
  }
}

async function probeSchema(target: MigrationTarget): Promise<SchemaSnapshot> {
  const { schema } = target;
  const migrations = await migrationStatus(target);
  const whyNot = new Map(readMigrations(target.folder).map(({ name, reason }) => [name, reason]));
  // What a newer release made cannot be told from what is missing.
  const comparable = migrations.every(({ state }) => state !== 'unknown');
  return {
    schema,
    migrations: migrations.map((one) => ({ ...one, irreversibleBecause: whyNot.get(one.name) })),
    lost: comparable ? await compareShape(target) : [],
  };
}

function tell({ schema, migrations, lost }: SchemaSnapshot): Finding[] {
  const named = (state: MigrationState['state']) =>
    migrations.filter((one) => one.state === state).map(({ name }) => name);
  const pending = named('pending');
  const unknown = named('unknown');
  const findings: Finding[] = [];
  if (pending.length > 0) {
    const text = `The schema ${schema} is behind this release: ${pending.join(', ')} did not run, or was undone when it failed.`;
    findings.push({ kind: 'schema-pending', level: 'fault', subject: schema, text });
  }
  if (unknown.length > 0) {
    const text = `The schema ${schema} is ahead of this release: ${unknown.join(', ')} came with another one.`;
    findings.push({ kind: 'schema-unknown', level: 'fault', subject: schema, text });
  }
  if (lost.length > 0) {
    const text = `The schema ${schema} is not what its migrations made: something was taken away by hand.`;
    const details = lost.slice(0, NAMED).map(describe);
    findings.push({ kind: 'schema-damaged', level: 'fault', subject: schema, text, details });
  }
  return findings;
}

function describe({ kind, name, fault }: ShapeDifference): string {
  return `The ${kind} ${name} is ${fault}.`;
}
