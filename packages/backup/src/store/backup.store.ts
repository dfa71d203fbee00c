import { randomBytes } from 'node:crypto';
import { pipeline, type Readable } from 'node:stream';
import type { ObjectStorage, StoredObject } from '../storage/object.storage.ts';
import { BackupDraft, putManifest } from './backup.draft.ts';
import {
  BackupDamagedError,
  BackupMissingError,
  BackupSealedError,
  BackupUnprovenError,
} from './backup.error.ts';
import type { BackupKeys } from './backup.keys.ts';
import {
  type BackupKind,
  type BackupManifest,
  backupId,
  backupManifest,
} from './backup.manifest.ts';
import {
  type BackupSurvey,
  byBackup,
  inspectBackup,
  isManifest,
  surveyBackups,
} from './backup.survey.ts';
import { check } from './checked.stream.ts';
import { decrypt, recipientOf } from './encrypted.stream.ts';

/** A draft that was not written to for this long is abandoned. */
const ABANDONED_MS = 60 * 60 * 1000;

/** A whole backup, its manifest read once. */
export interface StoredBackup {
  manifest: BackupManifest;
  /** Whether one of our keys signed it: what it says of itself may be believed, and its SQL be run. */
  proven: boolean;
  /**
   * A file as it was handed over to be stored. At its end the stream fails with BackupDamagedError unless it is what was
   * written: trust nothing read from it before.
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
  /**
   * Reads one manifest.
   * @param acceptUnproven also one of which nothing proves that it is ours
   * @throws BackupMissingError, BackupDamagedError, BackupUnprovenError, BackupSealedError
   */
  open(id: string, acceptUnproven?: boolean): Promise<StoredBackup>;
  /** Begins a backup, and removes what abandoned ones left. */
  create(kind: BackupKind, now?: Date): Promise<BackupDraft>;
  /** @throws BackupMissingError, BackupDamagedError, BackupUnprovenError */
  markVerified(
    id: string,
    verified: NonNullable<BackupManifest['verified']>,
  ): Promise<BackupManifest>;
  /** Remembers that it cannot be restored. @throws as `markVerified` */
  markDamaged(id: string, reason: string): Promise<void>;
  /** Also removes a damaged one. Does nothing when there is none. */
  remove(id: string): Promise<void>;
}

export function backupStoreOn(
  storage: ObjectStorage,
  readKeys: () => Promise<BackupKeys>,
): BackupStore {
  let reading: Promise<BackupKeys> | undefined;
  const keys = () => {
    reading ??= readKeys();
    return reading;
  };
  const find = async (id: string, acceptUnproven = false) => {
    const known = backupId.safeParse(id).success;
    const objects = known ? await storage.list(id) : [];
    const found = known ? await inspectBackup(storage, keys, id, objects) : undefined;
    if (found === undefined) {
      throw new BackupMissingError(`There is no backup ${id} in ${storage.place}.`);
    }
    if (found.is === 'damaged') throw new BackupDamagedError(found.reason);
    if (found.is === 'unproven' && !acceptUnproven) throw new BackupUnprovenError(found.reason);
    return { manifest: found.manifest, proven: found.is === 'whole' };
  };
  const remark = async (id: string, mark: Partial<BackupManifest>) => {
    const { manifest } = await find(id);
    return putManifest(storage, backupManifest.parse({ ...manifest, ...mark }), await keys());
  };
  return {
    place: storage.place,
    survey: () => surveyBackups(storage, keys),
    list: async () => (await surveyBackups(storage, keys)).whole,
    open: async (id, acceptUnproven) => {
      const found = await find(id, acceptUnproven);
      const identity = await identityFor(found.manifest, keys);
      return { ...found, read: (file) => readFile(storage, found.manifest, file, identity) };
    },
    create: async (kind, now = new Date()) => {
      await clearAbandoned(storage, new Date(now.getTime() - ABANDONED_MS));
      const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
      const id = `${kind}-${time}-${randomBytes(2).toString('hex')}`;
      return new BackupDraft(storage, await keys(), id, kind, now);
    },
    markVerified: (id, verified) => remark(id, { verified }),
    markDamaged: async (id, reason) => {
      await remark(id, { damaged: { at: new Date().toISOString(), reason } });
    },
    remove: async (id) => {
      backupId.parse(id);
      await removeAll(storage, await storage.list(id));
    },
  };
}

/** Undefined where nothing is encrypted. @throws BackupSealedError */
async function identityFor(
  { id, encryption }: BackupManifest,
  keys: () => Promise<BackupKeys>,
): Promise<string | undefined> {
  if (encryption === undefined) return undefined;
  const { identities } = await keys();
  for (const identity of identities) {
    if ((await recipientOf(identity)) === encryption.recipient) return identity;
  }
  throw new BackupSealedError(
    `The backup ${id} is encrypted for ${encryption.recipient}, and BACKUP_AGE_IDENTITIES does not hold its key.`,
  );
}

async function readFile(
  storage: ObjectStorage,
  { id, files }: BackupManifest,
  file: string,
  identity: string | undefined,
): Promise<Readable> {
  const entry = files.find(({ name }) => name === file);
  if (entry === undefined) throw new BackupMissingError(`${id} has no file ${file}.`);
  const checked = check(`${id}/${file}`, entry);
  // An error on either side reaches the reader of `checked`; there is nobody else to tell.
  pipeline(await storage.get(`${id}/${file}`), checked, () => {});
  return identity === undefined ? checked : decrypt(checked, identity);
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
