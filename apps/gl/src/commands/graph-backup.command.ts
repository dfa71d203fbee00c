import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BackupManifest, removeExpired } from '@gospelib/backup';
import {
  activeVersion,
  type BackupForm,
  backupGraph,
  graphBackupContent,
  restoreGraph,
  type ScratchStore,
  verifyGraph,
} from '@gospelib/graph';
import { startFalkor } from '@gospelib/stores';
import Table from 'cli-table3';
import colors from 'picocolors';
import { openBackups } from '../backups.ts';
import type { Config } from '../config.ts';
import { type GraphOptions, print } from './graph.command.ts';
import { withGraphStore } from './graph.store.ts';

export interface RestoreCommandOptions extends GraphOptions {
  form?: BackupForm;
}

const say = (step: string): void => console.error(`${colors.dim('gl')} ${step}…`);

/** Backs up the active version, restores the backup into a scratch store and verifies it there. */
export async function graphBackup(config: Config, { json, dryRun }: GraphOptions): Promise<number> {
  const backups = openBackups(config);
  return withGraphStore(config, async (store) => {
    const version = await activeVersion(store);
    if (version === undefined) {
      console.error(
        'The store holds no active corpus: there is nothing to back up. `./gl ingest` makes one.',
      );
      return 1;
    }
    if (dryRun === true) {
      const { ok, seconds } = await verifyGraph(store, version);
      const what = ok ? 'sound: it would be backed up' : 'damaged: it would not be backed up';
      print(
        json,
        { version, ok, place: backups.place },
        () => `${version} is ${what} to ${backups.place} (looked at in ${seconds.toFixed(1)} s).`,
      );
      return ok ? 0 : 1;
    }
    const manifest = await backupGraph(store, version, backups, { scratch, onStep: say });
    const removed = await removeExpired(backups);
    print(json, { ...manifest, removed }, () => {
      const { seconds, verified } = manifest;
      const kept = removed.length === 0 ? '' : `\nNo longer kept: ${removed.join(', ')}.`;
      return `${colors.bold(manifest.id)}: ${version}, ${size(manifest)} in ${backups.place}, taken in ${seconds.toFixed(1)} s, restored and verified in ${verified?.seconds.toFixed(1)} s.${kept}`;
    });
    return 0;
  });
}

/** Shows the backups of graphs. Exit code 1 when one is damaged. */
export async function graphBackups(config: Config, { json }: GraphOptions): Promise<number> {
  const backups = openBackups(config);
  const survey = await backups.survey();
  const manifests = survey.whole.filter(({ kind }) => kind === 'graph');
  const damaged = survey.damaged.filter(({ id }) => id.startsWith('graph-'));
  print(json, { place: backups.place, backups: manifests, damaged }, () => {
    const faults = damaged.map(({ reason }) => colors.red(reason));
    const list =
      manifests.length === 0
        ? `No backup of a graph in ${backups.place}. \`./gl graph backup\` takes one.`
        : `${backups.place}\n${renderBackups(manifests)}`;
    return [list, ...faults].join('\n');
  });
  return damaged.length === 0 ? 0 : 1;
}

/** Restores a backup beside what is served, verifies it and switches to it. */
export async function graphRestore(
  config: Config,
  id: string,
  { json, dryRun, form }: RestoreCommandOptions,
): Promise<number> {
  const backups = openBackups(config);
  const backup = (await backups.list()).find((one) => one.id === id && one.kind === 'graph');
  if (backup === undefined) {
    console.error(
      `There is no whole backup ${id} of a graph in ${backups.place}. \`./gl graph backups\` shows them.`,
    );
    return 1;
  }
  const { version } = graphBackupContent.parse(backup.content);
  if (dryRun === true) {
    const state = backup.verified ? `verified ${backup.verified.at}` : 'never verified';
    print(
      json,
      { id, version, verified: backup.verified },
      () =>
        `Would load ${version} of ${backup.createdAt} (${state}) beside what is served, verify it and switch to it.`,
    );
    return 0;
  }
  return withGraphStore(config, async (store) => {
    const done = await restoreGraph(store, backups, id, { form, onStep: say });
    print(
      json,
      done,
      () =>
        `${colors.bold(done.version)} is restored, verified and active, in ${done.seconds.toFixed(1)} s, from the ${done.form} form: ${done.why}.`,
    );
    return 0;
  });
}

/** An empty FalkorDB in a temporary folder, which goes with it. */
async function scratch(): Promise<ScratchStore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gospelib-scratch-'));
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const { url, stop } = await startFalkor({ dataDir, persistence: false });
    return {
      url,
      stop: async () => {
        await stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function renderBackups(manifests: readonly BackupManifest[]): string {
  const table = new Table({
    head: ['backup', 'version', 'taken', 'size', 'engine', 'restored and verified'],
    style: { head: [], border: [], compact: true },
  });
  for (const manifest of manifests) {
    const { id, createdAt, engine, verified, content } = manifest;
    const known = graphBackupContent.safeParse(content);
    table.push([
      id,
      known.success ? known.data.version : 'not known to this release',
      createdAt.slice(0, 16).replace('T', ' '),
      size(manifest),
      engine.version,
      verified
        ? `${verified.at.slice(0, 16).replace('T', ' ')}`
        : colors.red('never: it does not count'),
    ]);
  }
  return table.toString();
}

function size({ files }: BackupManifest): string {
  return `${(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(1)} MB`;
}
