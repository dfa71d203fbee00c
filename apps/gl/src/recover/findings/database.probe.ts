import { OperatorError } from '@gospelib/cli-kit';
import {
  compareShape,
  isStoreAway,
  type MigrationState,
  type MigrationTarget,
  migrationStatus,
  readMigrations,
  type ShapeDifference,
} from '@gospelib/database';
import type { Config } from '../../config.ts';
import { ownerUrl } from '../../store.address.ts';
import { runningRelease } from '../../supervisor/release.log.ts';
import { schemaNames, schemaSource } from '../../supervisor/schemas.ts';
import type { DatabaseLook, SchemaLook } from '../look.ts';
import type { Finding } from './finding.ts';

const NAMED = 12;

/** Migrations against this release, and what each schema has against what its migrations make. */
export async function lookAtDatabase(
  config: Config,
): Promise<{ look: DatabaseLook | undefined; findings: Finding[] }> {
  try {
    const url = ownerUrl(config);
    const schemas: SchemaLook[] = [];
    for (const schema of schemaNames) {
      schemas.push(await lookAtSchema({ ...schemaSource(runningRelease(config), schema), url }));
    }
    return { look: { schemas }, findings: schemas.flatMap(tell) };
  } catch (error) {
    if (!isStoreAway(error) && !(error instanceof OperatorError)) throw error;
    const text = `PostgreSQL does not answer: nobody can sign in or write. ${(error as Error).message}`;
    return {
      look: undefined,
      findings: [{ kind: 'database-away', level: 'fault', subject: 'postgresql', text }],
    };
  }
}

async function lookAtSchema(target: MigrationTarget): Promise<SchemaLook> {
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

function tell({ schema, migrations, lost }: SchemaLook): Finding[] {
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
