import {
  closeSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type BackupManifest, readBackupKeys, signManifest } from '@gospelib/backup';
import { openBackups } from '@gospelib/data-ops';
import type { Stack } from '../stack/stack.ts';

/** Whole ones of a kind, the newest first. */
export async function listBackups(
  { environment }: Stack,
  kind: BackupManifest['kind'],
): Promise<BackupManifest[]> {
  return (await openBackups(environment).list()).filter((one) => one.kind === kind);
}

/** The newest verified one of a kind. @throws Error when there is none */
export async function newestBackup(
  stack: Stack,
  kind: BackupManifest['kind'],
): Promise<BackupManifest> {
  const newest = (await listBackups(stack, kind)).find(({ verified }) => verified !== undefined);
  if (newest === undefined) throw new Error(`There is no verified backup of the ${kind}.`);
  return newest;
}

/** Removes every backup of a kind. */
export async function removeBackups(stack: Stack, kind: BackupManifest['kind']): Promise<void> {
  for (const { id } of await listBackups(stack, kind))
    await openBackups(stack.environment).remove(id);
}

/** Cuts every file of a backup off in its middle; its manifest stays. */
export function truncateBackup({ config }: Stack, { id, files }: BackupManifest): void {
  for (const { name } of files) {
    const path = join(config.backups, id, name);
    truncateSync(path, statSync(path).size >> 1);
  }
}

/** Alters one byte in the middle of a file: the size stays as it was. */
export function alterBackup({ config }: Stack, { id }: BackupManifest, name: string): void {
  const path = join(config.backups, id, name);
  const middle = statSync(path).size >> 1;
  const byte = readFileSync(path).readUInt8(middle);
  const file = openSync(path, 'r+');
  writeSync(file, Uint8Array.of(byte ^ 0xff), 0, 1, middle);
  closeSync(file);
}

/** Rewrites what a backup says of itself, as somebody who has its key. */
export async function editManifest(
  { config, environment }: Stack,
  { id }: BackupManifest,
  edit: (manifest: BackupManifest) => BackupManifest,
): Promise<void> {
  const path = join(config.backups, id, 'manifest.json');
  const keys = await readBackupKeys({}, () => environment.secret('backup-signing'));
  const edited = signManifest(edit(JSON.parse(readFileSync(path, 'utf8'))), keys);
  writeFileSync(path, JSON.stringify(edited));
}
