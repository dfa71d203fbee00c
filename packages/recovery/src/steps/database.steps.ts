import {
  openBackups,
  refillRules,
  schemaSource,
  schemas,
  secondsOf,
  servicePassword,
  takeBackup,
  takeUnverified,
  verifyBackup,
  whenFree,
} from '@gospelib/data-ops';
import {
  mergeRows,
  migrationStatus,
  openBackupRows,
  repairSchemaIndexes,
  replayDefinitions as replay,
  rollback,
  migrate as runMigrations,
} from '@gospelib/database';
import { tellMerge, tellReplay } from './replay.words.ts';
import type { Step, StepContext } from './step.ts';

export const migrate: Step = async (context, schema) => {
  const target = await targetOf(context, schema);
  const role = { password: await servicePassword(context.environment, target.schema) };
  const { migrations } = await whenFree(() => runMigrations({ ...target, role }));
  return `${schema} was migrated: ${list(migrations)}.`;
};

/** `schema:migration`: takes back everything after that migration. */
export const rollBackMigrations: Step = async (context, subject) => {
  const [schema = '', to = ''] = subject.split(':');
  const { acceptDataLoss } = context;
  const target = await targetOf(context, schema);
  const { migrations } = await whenFree(() => rollback({ ...target, to, acceptDataLoss }));
  return `Rolled back in ${schema}: ${list(migrations)}.`;
};

export const repairSchemaIndex: Step = async (context, schema) =>
  `Repaired in ${schema}: ${list(await repairSchemaIndexes(await targetOf(context, schema)))}.`;

/** Of everything, verified by a restore into a scratch server. */
export const backUpDatabase: Step = async ({ environment, say }) => {
  const { manifest } = await takeBackup(
    environment,
    await environment.storeAddress('postgresql'),
    (line) => say(`  ${line}`),
    'running',
  );
  return `${manifest.id} was taken and verified in ${secondsOf(manifest).toFixed(1)} s.`;
};

/** Ahead of what loses nothing and cannot wait: the next look finds it unverified. */
export const takeDatabaseBackup: Step = async ({ environment }) => {
  const { id, seconds } = await takeUnverified(
    environment,
    await environment.storeAddress('postgresql'),
    'running',
  );
  return `${id} was taken in ${seconds.toFixed(1)} s, to be verified when readers are served again.`;
};

export const verifyDatabaseBackup: Step = async ({ environment }, id) => {
  const taken = (await openBackups(environment).list()).find((backup) => backup.id === id);
  if (taken === undefined) throw new Error(`There is no backup ${id} any more.`);
  const { verified } = await verifyBackup(environment, taken);
  return `${id} came back whole, in ${verified?.seconds.toFixed(1)} s: it counts.`;
};

/** `schema`, or `schema:backup` where rows are to be filled in: makes again what the migrations define. */
export const replayDefinitions: Step = async (context, subject) => {
  const { environment } = context;
  const [schema = '', id] = subject.split(':');
  const target = await targetOf(context, schema);
  const rows = id === undefined ? undefined : await openBackupRows(openBackups(environment), id);
  const options = { rules: refillRules, ...(rows && { rows }) };
  const done = await whenFree(() => replay(target, options));
  const pending = (await migrationStatus(target)).some(({ state }) => state !== 'applied');
  if (!pending) {
    // A role that was made again has no password yet.
    const role = { password: await servicePassword(environment, schema) };
    await whenFree(() => runMigrations({ ...target, role }));
  }
  return tellReplay(done);
};

/** `schema:backup:table,table`: adds what is not there any more. */
export const mergeGoneRows: Step = async (context, subject) => {
  const [schema = '', id = '', tables = ''] = subject.split(':');
  const target = await targetOf(context, schema);
  const rows = await openBackupRows(openBackups(context.environment), id);
  return tellMerge(await whenFree(() => mergeRows(target, tables.split(','), rows, refillRules)));
};

async function targetOf({ environment }: StepContext, schema: string) {
  if (!schemas.includes(schema)) throw new Error(`There is no schema ${schema}.`);
  const source = await schemaSource(environment, schema, 'running');
  return { ...source, url: await environment.storeAddress('postgresql') };
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing was left to do' : names.join(', ');
}
