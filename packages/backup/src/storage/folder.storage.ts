import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ObjectStorage, StoredObject } from './object.storage.ts';

/** Files being written: `<file>.<random>.part`. */
const PART = /\.part$/;

/** A folder that only its owner can read. Files are written under a temporary name, flushed to disk, then renamed. */
export function folderStorage(folder: string): ObjectStorage {
  return {
    place: folder,
    list: async (backup) => (await filesIn(folder, backup)).filter(({ key }) => !PART.test(key)),
    get: async (key) => {
      const file = await open(join(folder, key));
      return createReadStream('', { fd: file });
    },
    put: (key, content) => put(join(folder, key), content),
    remove: async (key) => {
      await rm(join(folder, key), { force: true });
      await removeIfEmpty(dirname(join(folder, key)));
    },
    clearInterrupted: async (before) => {
      for (const { key, changedAt } of await filesIn(folder)) {
        if (PART.test(key) && changedAt < before) await rm(join(folder, key), { force: true });
      }
    },
  };
}

async function put(path: string, content: Readable): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    await pipeline(content, createWriteStream(draft, { mode: 0o600, flags: 'wx', flush: true }));
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  // A rename is durable once its folder is flushed, and a new folder once its parent is.
  await flush(folder);
  await flush(dirname(folder));
}

async function filesIn(folder: string, backup?: string): Promise<StoredObject[]> {
  const objects: StoredObject[] = [];
  for (const name of await foldersIn(folder)) {
    if (backup !== undefined && name !== backup) continue;
    for (const file of await entriesOf(join(folder, name))) {
      const key = `${name}/${file.name}`;
      const found = file.isFile() ? await statOf(join(folder, key)) : undefined;
      if (found !== undefined) objects.push({ key, bytes: found.size, changedAt: found.mtime });
    }
  }
  return objects;
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await entriesOf(folder);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** What was removed since it was listed counts as not there. */
function unlessGone<T>(instead: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return instead;
    throw error;
  };
}

const entriesOf = (folder: string) =>
  readdir(folder, { withFileTypes: true }).catch(unlessGone([]));

const statOf = (path: string) => stat(path).catch(unlessGone(undefined));

async function removeIfEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'ENOENT') throw error;
  });
}

async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
