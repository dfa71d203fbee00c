import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StoragePlace } from '@gospelib/environment';
import type { LocalConfig } from '../config/local.config.ts';

/** Enough that a disk must find room for it. */
const PROBE = Buffer.alloc(64 * 1024);

/** The folders of data and of backups, with what is free there and whether a file can be written. */
export function storagePlaces({ dataDir, backups }: LocalConfig): StoragePlace[] {
  const folder = folderOf(backups);
  return [placeOf('data', dataDir), ...(folder === undefined ? [] : [placeOf('backups', folder)])];
}

/** Undefined for a bucket: whoever keeps it looks after its room. */
function folderOf(backups: string): string | undefined {
  if (backups.startsWith('file://')) return fileURLToPath(backups);
  return /^\w+:\/\//.test(backups) ? undefined : backups;
}

function placeOf(name: StoragePlace['name'], wanted: string): StoragePlace {
  const folder = nearest(wanted);
  const { bavail, bsize } = statfsSync(folder);
  return { name, folder, freeBytes: bavail * bsize, refusal: tryToWrite(folder) };
}

/** A folder that nothing was written to yet will be made in the nearest one above it. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}

function tryToWrite(folder: string): string | undefined {
  const file = join(folder, `.write-probe-${process.pid}`);
  try {
    const probe = openSync(file, 'wx', 0o600);
    try {
      writeFileSync(probe, PROBE);
      fsyncSync(probe);
    } finally {
      closeSync(probe);
    }
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    try {
      rmSync(file, { force: true });
    } catch {
      // A disk that is read-only has no such file.
    }
  }
}
