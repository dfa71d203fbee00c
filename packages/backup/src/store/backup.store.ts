import { randomBytes } from 'node:crypto';
import { pipeline, type Readable } from 'node:stream';
import type { ObjectStorage, StoredObject } from '../storage/object.storage.ts';
import { BackupDraft, putManifest } from './backup.draft.ts';
import { BackupDamagedError, BackupMissingError } from './backup.error.ts';
import {
  type BackupKind,
  type BackupManifest,
  backupId,
  backupManifest,
  MANIFEST,
  MANIFEST_LIMIT_BYTES,
} from './backup.manifest.ts';
import { check } from './checked.stream.ts';

/** A draft that was not written to for this long is abandoned. */
const ABANDONED_MS = 60 * 60 * 1000;

export interface DamagedBackup {
  id: string;
  /** A sentence. */
  reason: string;
}

/** Every backup that has a manifest. */
export interface BackupSurvey {
  /** Newest first. File contents are checked only when they are read. */
  whole: BackupManifest[];
  /** Those whose manifest cannot be read, or that lack a file, or have one of another size. */
  damaged: DamagedBackup[];
}

/** A whole backup, its manifest read once. */
export interface StoredBackup {
  manifest: BackupManifest;
  /**
   * A file as stored. At its end the stream fails with BackupDamagedError unless it is what was written: trust nothing
   * read from it before.
   * @throws BackupMissingError when the backup has no such file
   */
  read(file: string): Promise<Readable>;
}

/**
 * Backups in one place. A manifest is written last and removed first, so an interruption never leaves half a backup
 * listed.
 */
export interface BackupStore {
  /** Where they are, for messages; without secrets. */
  readonly place: string;
  /** Reads every manifest. */
  survey(): Promise<BackupSurvey>;
  /** The whole ones of `survey`. */
  list(): Promise<BackupManifest[]>;
  /** Reads one manifest. @throws BackupMissingError, BackupDamagedError */
  open(id: string): Promise<StoredBackup>;
  /** Begins a backup, and removes what abandoned ones left. */
  create(kind: BackupKind, now?: Date): Promise<BackupDraft>;
  /** @throws BackupMissingError, BackupDamagedError */
  markVerified(
    id: string,
    verified: NonNullable<BackupManifest['verified']>,
  ): Promise<BackupManifest>;
  /** Also removes a damaged one. Does nothing when there is none. */
  remove(id: string): Promise<void>;
}

export function backupStoreOn(storage: ObjectStorage): BackupStore {
  const find = async (id: string): Promise<BackupManifest> => {
    const known = backupId.safeParse(id).success;
    const found = known ? await inspect(storage, id, await storage.list(id)) : undefined;
    if (found === undefined) {
      throw new BackupMissingError(`There is no backup ${id} in ${storage.place}.`);
    }
    if ('reason' in found) throw new BackupDamagedError(found.reason);
    return found;
  };
  return {
    place: storage.place,
    survey: () => survey(storage),
    list: async () => (await survey(storage)).whole,
    open: async (id) => {
      const manifest = await find(id);
      return { manifest, read: (file) => readFile(storage, manifest, file) };
    },
    create: async (kind, now = new Date()) => {
      await clearAbandoned(storage, new Date(now.getTime() - ABANDONED_MS));
      const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
      return new BackupDraft(
        storage,
        `${kind}-${time}-${randomBytes(2).toString('hex')}`,
        kind,
        now,
      );
    },
    markVerified: async (id, verified) => {
      const manifest = backupManifest.parse({ ...(await find(id)), verified });
      await putManifest(storage, manifest);
      return manifest;
    },
    remove: async (id) => {
      backupId.parse(id);
      await removeAll(storage, await storage.list(id));
    },
  };
}

async function byBackup(storage: ObjectStorage): Promise<Map<string, StoredObject[]>> {
  const groups = Map.groupBy(await storage.list(), ({ key }) => key.slice(0, key.indexOf('/')));
  // Other files in the same place are not ours.
  return new Map([...groups].filter(([id]) => backupId.safeParse(id).success));
}

async function survey(storage: ObjectStorage): Promise<BackupSurvey> {
  const whole: BackupManifest[] = [];
  const damaged: DamagedBackup[] = [];
  for (const [id, objects] of await byBackup(storage)) {
    const found = await inspect(storage, id, objects);
    if (found === undefined) continue;
    if ('reason' in found) damaged.push(found);
    else whole.push(found);
  }
  whole.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  return { whole, damaged };
}

/** Undefined for a draft, which has no manifest yet. */
async function inspect(
  storage: ObjectStorage,
  id: string,
  objects: readonly StoredObject[],
): Promise<BackupManifest | DamagedBackup | undefined> {
  if (!objects.some(({ key }) => isManifest(key))) return undefined;
  const manifest = await readManifest(storage, id);
  const fault = manifest === undefined ? 'its manifest cannot be read' : faultOf(manifest, objects);
  if (manifest !== undefined && fault === undefined) return manifest;
  return { id, reason: `The backup ${id} is damaged: ${fault}.` };
}

async function readFile(
  storage: ObjectStorage,
  { id, files }: BackupManifest,
  file: string,
): Promise<Readable> {
  const entry = files.find(({ name }) => name === file);
  if (entry === undefined) throw new BackupMissingError(`${id} has no file ${file}.`);
  const checked = check(`${id}/${file}`, entry);
  // An error on either side reaches the reader of `checked`; there is nobody else to tell.
  pipeline(await storage.get(`${id}/${file}`), checked, () => {});
  return checked;
}

/** A fault that the listing shows, without reading a file. */
function faultOf({ files }: BackupManifest, objects: readonly StoredObject[]): string | undefined {
  for (const { name, bytes } of files) {
    const stored = objects.find(({ key }) => key.endsWith(`/${name}`));
    if (stored === undefined) return `${name} is missing`;
    if (stored.bytes !== bytes) return `${name} has ${stored.bytes} bytes instead of ${bytes}`;
  }
  return undefined;
}

async function readManifest(
  storage: ObjectStorage,
  id: string,
): Promise<BackupManifest | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of await storage.get(`${id}/${MANIFEST}`)) {
    bytes += chunk.length;
    if (bytes > MANIFEST_LIMIT_BYTES) return undefined;
    chunks.push(chunk);
  }
  const parsed = backupManifest.safeParse(parse(Buffer.concat(chunks).toString()));
  return parsed.success && parsed.data.id === id ? parsed.data : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema refuses it
  }
}

async function clearAbandoned(storage: ObjectStorage, before: Date): Promise<void> {
  await storage.clearInterrupted(before);
  for (const objects of (await byBackup(storage)).values()) {
    const finished = objects.some(({ key }) => isManifest(key));
    if (!finished && objects.every(({ changedAt }) => changedAt < before)) {
      await removeAll(storage, objects);
    }
  }
}

async function removeAll(storage: ObjectStorage, objects: readonly StoredObject[]): Promise<void> {
  const manifestFirst = [...objects].sort(
    (a, b) => Number(isManifest(b.key)) - Number(isManifest(a.key)),
  );
  for (const { key } of manifestFirst) await storage.remove(key);
}

function isManifest(key: string): boolean {
  return key.endsWith(`/${MANIFEST}`);
}
