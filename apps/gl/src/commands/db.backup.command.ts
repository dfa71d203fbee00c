import type { BackupManifest } from '@gospelib/backup';
import { confirmLoss } from '@gospelib/cli-kit';
import { databaseBackupContent } from '@gospelib/database';
import colors from 'picocolors';
import { openBackups } from '../backups.ts';
import type { Config } from '../config.ts';
import { takeBackup } from '../database/database.backup.ts';
import {
  type FollowedRestore,
  followRestore,
  planRestore,
  type RestorePlan,
} from '../database/database.restore.ts';
import { withDatabase } from '../database/database.session.ts';
import { readSchemas } from '../database/schema.status.ts';
import { renderBackups } from '../output/backups.table.ts';
import { print } from './graph.command.ts';

export interface BackupOptions {
  json?: boolean;
  dryRun?: boolean;
}

export interface RestoreOptions extends BackupOptions {
  into?: string;
  acceptDataLoss?: boolean;
}

/** Backs everything up as it stands at one moment, and restores it beside to verify it. */
export async function dbBackup(config: Config, { json, dryRun }: BackupOptions): Promise<number> {
  return withDatabase(config, async (url) => {
    if (dryRun === true) {
      const schemas = (await readSchemas(config, url)).map(({ schema, at }) => ({ schema, at }));
      const { place } = openBackups(config);
      const list = schemas.map(({ schema, at }) => `${schema} at ${at ?? 'nothing'}`).join(', ');
      print(json, { dryRun: true, place, schemas }, () => `Would back up to ${place}: ${list}.`);
      return 0;
    }
    const { manifest, removed } = await takeBackup(config, url, say);
    print(json, { ...manifest, removed }, () => renderTaken(manifest, removed));
    return 0;
  });
}

/** Shows the backups that there are. */
export async function dbBackups(config: Config, { json }: BackupOptions): Promise<number> {
  const store = openBackups(config);
  const survey = await store.survey();
  const backups = survey.whole.filter(({ kind }) => kind === 'database');
  const damaged = survey.damaged.filter(({ id }) => id.startsWith('database-'));
  print(json, { place: store.place, backups, damaged }, () =>
    renderBackups(store.place, backups, damaged, describe),
  );
  return 0;
}

/** Puts a backup in the place of the database, which is kept aside; or beside it, under a name. */
export async function dbRestore(
  config: Config,
  id: string,
  { json, dryRun, into, acceptDataLoss }: RestoreOptions,
): Promise<number> {
  return withDatabase(
    config,
    async (url) => {
      const plan = await planRestore(config, url, id, into);
      if (dryRun === true) {
        print(json, { ...plan, dryRun: true }, () => renderPlan(plan));
        return 0;
      }
      say(renderPlan(plan));
      const word = decodeURIComponent(new URL(url).pathname.slice(1));
      if (plan.losses.length > 0) await confirmLoss(word, { accepted: acceptDataLoss });
      const done = await followRestore(config, url, plan, say);
      print(json, { ...done, dryRun: false }, () => renderRestored(done));
      return 0;
    },
    { make: dryRun !== true },
  );
}

function say(line: string): void {
  console.error(line);
}

function describe(manifest: BackupManifest): string {
  const content = databaseBackupContent.safeParse(manifest.content);
  if (!content.success) return 'of another format';
  const schemas = content.data.schemas.map(
    ({ schema, migrations }) => `${schema} ${migrations.at(-1)?.name.slice(0, 4) ?? '0'}`,
  );
  return `${content.data.rows.toLocaleString('en')} rows, ${schemas.join(', ')}`;
}

function renderTaken(manifest: BackupManifest, removed: readonly string[]): string {
  const { id, seconds, verified } = manifest;
  const lines = [
    `${colors.bold(id)} is taken in ${seconds.toFixed(1)} s and verified by restoring it in ${verified?.seconds.toFixed(1)} s: ${describe(manifest)}.`,
  ];
  if (removed.length > 0) lines.push(`Let go of ${removed.join(', ')}: they had their time.`);
  return lines.join('\n');
}

function renderPlan({ id, since, rows, into, losses }: RestorePlan): string {
  const head = `${id} holds ${rows.toLocaleString('en')} rows as they stood at ${since}.`;
  if (into !== undefined) return `${head}\nIt goes beside, as the database ${into}.`;
  if (losses.length === 0) return `${head}\nNothing that is there now would be lost.`;
  const lines = losses.map(
    ({ table, backup = 0, now = 0 }) =>
      `  ${colors.red('loses')} what changed in ${table}: ${now.toLocaleString('en')} rows now, ${backup.toLocaleString('en')} in the backup`,
  );
  return [
    head,
    `What was written since then (${age(since)}) is not in it:`,
    ...lines,
    'What stands there now is kept aside: `./gl db aside` shows it, `./gl db aside back NAME` is the way back.',
  ].join('\n');
}

function renderRestored(done: FollowedRestore): string {
  const { from, database, retained, rows = 0, seconds, unavailableMs, pending } = done;
  const time = `${rows.toLocaleString('en')} rows in ${seconds.toFixed(1)} s`;
  const lines =
    retained === undefined
      ? [`${from} is restored beside, as the database ${colors.bold(database)}: ${time}.`]
      : [
          `${from} is the database ${colors.bold(database)} now: ${time}; nobody could connect for ${Math.round(unavailableMs)} ms.`,
          `What stood there is kept as ${retained}.`,
        ];
  for (const { schema, migrations } of pending) {
    lines.push(`${schema} lacks ${migrations.join(', ')}: \`./gl db migrate\` applies them.`);
  }
  return lines.join('\n');
}

function age(since: string): string {
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(since)) / 60_000));
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
