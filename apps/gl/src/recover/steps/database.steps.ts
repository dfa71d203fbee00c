import {
  compareShape,
  repairSchemaIndexes,
  restoreTables as restore,
  rollback,
  migrate as runMigrations,
} from '@gospelib/database';
import { openBackups } from '../../backups.ts';
import type { Config } from '../../config.ts';
import {
  secondsOf,
  takeBackup,
  takeUnverified,
  verifyBackup,
} from '../../database/database.backup.ts';
import { databaseSource } from '../../database/database.source.ts';
import { whenFree } from '../../database/migration.lock.ts';
import { ownerUrl } from '../../store.address.ts';
import { runningRelease } from '../../supervisor/release.log.ts';
import { schemaNames, schemaSource, servicePassword } from '../../supervisor/schemas.ts';
import type { Step, StepContext } from './step.ts';

export const migrate: Step = async (context, schema) => {
  const target = targetOf(context, schema);
  const role = { password: servicePassword(context.config, target.schema) };
  const { migrations } = await whenFree(() => runMigrations({ ...target, role }));
  return `${schema} was migrated: ${list(migrations)}.`;
};

/** `schema:migration`: takes back everything after that migration. */
export const rollBackMigrations: Step = async (context, subject) => {
  const [schema = '', to = ''] = subject.split(':');
  const { acceptDataLoss } = context;
  const target = targetOf(context, schema);
  const { migrations } = await whenFree(() => rollback({ ...target, to, acceptDataLoss }));
  return `Rolled back in ${schema}: ${list(migrations)}.`;
};

export const mendSchemaIndex: Step = async (context, schema) =>
  `Mended in ${schema}: ${list(await repairSchemaIndexes(targetOf(context, schema)))}.`;

/** Of everything, verified by a restore into a scratch server. */
export const backUpDatabase: Step = async ({ config, say }) => {
  const { manifest } = await takeBackup(runningRelease(config), ownerUrl(config), (line) =>
    say(`  ${line}`),
  );
  return `${manifest.id} was taken and verified in ${secondsOf(manifest).toFixed(1)} s.`;
};

/** Ahead of what loses nothing and cannot wait: the next look finds it unverified. */
export const takeDatabaseBackup: Step = async ({ config }) => {
  const { id, seconds } = await takeUnverified(runningRelease(config), ownerUrl(config));
  return `${id} was taken in ${seconds.toFixed(1)} s, to be verified when readers are served again.`;
};

export const verifyDatabaseBackup: Step = async ({ config }, id) => {
  const taken = (await openBackups(config).list()).find((backup) => backup.id === id);
  if (taken === undefined) throw new Error(`There is no backup ${id} any more.`);
  const { verified } = await verifyBackup(config, taken);
  return `${id} came back whole, in ${verified?.seconds.toFixed(1)} s: it counts.`;
};

/** Brings back what is lost at this moment, not what was when the plan was made. */
export const restoreTables: Step = async ({ config, say }, id) => {
  const source = sourceOf(config);
  const lost = new Set<string>();
  for (const { schema, folder } of source.schemas) {
    for (const { kind, name } of await compareShape({ schema, folder, url: source.url })) {
      if (kind !== 'index') lost.add(`${schema}.${name.split('.')[0]}`);
    }
  }
  if (lost.size === 0) return 'Nothing is lost any more.';
  const done = await restore(source, openBackups(config), id, [...lost], {
    onStep: (line) => say(`  ${line}`),
  });
  return `${done.tables.join(', ')} are as they were at ${done.since}, everything else as it was a moment ago; the database before is kept as ${done.retained}. Nobody could connect for ${Math.round(done.unavailableMs)} ms.`;
};

function sourceOf(config: Config) {
  return databaseSource(runningRelease(config), ownerUrl(config));
}

function targetOf({ config }: StepContext, name: string) {
  const schema = schemaNames.find((one) => one === name);
  if (schema === undefined) throw new Error(`There is no schema ${name}.`);
  return { ...schemaSource(runningRelease(config), schema), schema, url: ownerUrl(config) };
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing was left to do' : names.join(', ');
}
