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

/** What nobody has written to for so long is no backup in the making any more. */
const ABANDONED_MS = 60 * 60 * 1000;

export interface DamagedBackup {
  id: string;
  /** A sentence. */
  reason: string;
}

/** Backups in one place. A manifest is written last and removed first, so whatever stops us leaves no half backup listed. */
export interface BackupStore {
  /** Where, for people; no secrets. */
  readonly place: string;
  /** Whole ones, the newest first. Contents are checked when they are read. */
  list(): Promise<BackupManifest[]>;
  /** Those that have a manifest but lack something of what it names. */
  damaged(): Promise<DamagedBackup[]>;
  /**
   * One file, as stored. The stream fails at its end with BackupDamagedError when it was not what was written: nothing
   * read from it counts before it ended well.
   * @throws BackupMissingError
   */
  read(id: string, file: string): Promise<Readable>;
  /** Begins one, and clears what interrupted ones left behind. */
  create(kind: BackupKind, now?: Date): Promise<BackupDraft>;
  /** @throws BackupMissingError */
  markVerified(
    id: string,
    verified: NonNullable<BackupManifest['verified']>,
  ): Promise<BackupManifest>;
  /** Also a damaged one. Removing what is not there is no error. */
  remove(id: string): Promise<void>;
}

export function backupStoreOn(storage: ObjectStorage): BackupStore {
  const find = async (id: string): Promise<BackupManifest> => {
    backupId.parse(id);
    const { whole, damaged } = await survey(storage);
    const found = whole.find((manifest) => manifest.id === id);
    if (found !== undefined) return found;
    const damage = damaged.find((backup) => backup.id === id);
    if (damage !== undefined) throw new BackupDamagedError(damage.reason);
    throw new BackupMissingError(`There is no backup ${id} in ${storage.place}.`);
  };
  return {
    place: storage.place,
    list: async () => (await survey(storage)).whole,
    damaged: async () => (await survey(storage)).damaged,
    read: async (id, file) => {
      const entry = (await find(id)).files.find(({ name }) => name === file);
      if (entry === undefined) throw new BackupMissingError(`${id} has no file ${file}.`);
      const checked = check(`${id}/${file}`, entry);
      // An error of either side reaches whoever reads `checked`; there is nobody else to tell.
      pipeline(await storage.get(`${id}/${file}`), checked, () => {});
      return checked;
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
      await removeAll(storage, (await byBackup(storage)).get(id) ?? []);
    },
  };
}

async function byBackup(storage: ObjectStorage): Promise<Map<string, StoredObject[]>> {
  const groups = Map.groupBy(await storage.list(), ({ key }) => key.slice(0, key.indexOf('/')));
  // What else lies there is not ours.
  return new Map([...groups].filter(([id]) => backupId.safeParse(id).success));
}

async function survey(storage: ObjectStorage) {
  const whole: BackupManifest[] = [];
  const damaged: DamagedBackup[] = [];
  for (const [id, objects] of await byBackup(storage)) {
    if (!objects.some(({ key }) => isManifest(key))) continue; // in the making, or abandoned
    const manifest = await readManifest(storage, id);
    const reason = manifest === undefined ? 'its manifest cannot be read' : lack(manifest, objects);
    if (manifest === undefined || reason !== undefined) {
      damaged.push({ id, reason: `The backup ${id} is damaged: ${reason}.` });
    } else whole.push(manifest);
  }
  whole.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  return { whole, damaged };
}

/** What a listing alone shows to be wrong. */
function lack({ files }: BackupManifest, objects: readonly StoredObject[]): string | undefined {
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
    return undefined; // no manifest then
  }
}

async function clearAbandoned(storage: ObjectStorage, before: Date): Promise<void> {
  await storage.sweep(before);
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
