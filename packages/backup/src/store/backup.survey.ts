import type { ObjectStorage, StoredObject } from '../storage/object.storage.ts';
import { type BackupKeys, checkSignature } from './backup.keys.ts';
import {
  type BackupManifest,
  backupId,
  backupManifest,
  MANIFEST,
  MANIFEST_LIMIT_BYTES,
  signedText,
} from './backup.manifest.ts';

export interface DamagedBackup {
  id: string;
  /** A sentence. */
  reason: string;
}

/** Whole as far as it says, but nothing proves whose it is. */
export interface UnprovenBackup {
  manifest: BackupManifest;
  /** A sentence. */
  reason: string;
}

/** Every backup that has a manifest. */
export interface BackupSurvey {
  /** Signed by one of our keys; newest first. File contents are checked only when they are read. */
  whole: BackupManifest[];
  /** Those whose manifest cannot be read or was altered, that lack a file, have one of another size, or were found damaged. */
  damaged: DamagedBackup[];
  /** Not signed, or by a key that is not here; newest first. They count for nothing. */
  unproven: UnprovenBackup[];
}

/** What is known of a backup without reading its files. */
export type Inspected =
  | { is: 'whole'; manifest: BackupManifest }
  | ({ is: 'damaged' } & DamagedBackup)
  | ({ is: 'unproven' } & UnprovenBackup);

export async function surveyBackups(
  storage: ObjectStorage,
  keys: () => Promise<BackupKeys>,
): Promise<BackupSurvey> {
  const survey: BackupSurvey = { whole: [], damaged: [], unproven: [] };
  for (const [id, objects] of await byBackup(storage)) {
    const found = await inspectBackup(storage, keys, id, objects);
    if (found?.is === 'whole') survey.whole.push(found.manifest);
    if (found?.is === 'damaged') survey.damaged.push({ id, reason: found.reason });
    if (found?.is === 'unproven') {
      survey.unproven.push({ manifest: found.manifest, reason: found.reason });
    }
  }
  survey.whole.sort(newestFirst);
  survey.unproven.sort((a, b) => newestFirst(a.manifest, b.manifest));
  return survey;
}

function newestFirst(a: BackupManifest, b: BackupManifest): number {
  return a.createdAt < b.createdAt ? 1 : -1;
}

export async function byBackup(storage: ObjectStorage): Promise<Map<string, StoredObject[]>> {
  const groups = Map.groupBy(await storage.list(), ({ key }) => key.slice(0, key.indexOf('/')));
  // Other files in the same place are not ours.
  return new Map([...groups].filter(([id]) => backupId.safeParse(id).success));
}

/** Undefined for a draft, which has no manifest yet. Keys are read where there is a signature to check. */
export async function inspectBackup(
  storage: ObjectStorage,
  keys: () => Promise<BackupKeys>,
  id: string,
  objects: readonly StoredObject[],
): Promise<Inspected | undefined> {
  if (!objects.some(({ key }) => isManifest(key))) return undefined;
  const damaged = (fault: string): Inspected => ({
    is: 'damaged',
    id,
    reason: `The backup ${id} is damaged: ${fault.replace(/\.$/, '')}.`,
  });
  const stored = await readStored(storage, id);
  const parsed = backupManifest.safeParse(stored);
  if (!parsed.success || parsed.data.id !== id) return damaged('its manifest cannot be read');
  const manifest = parsed.data;
  const { signature } = manifest;
  const proof =
    signature === undefined
      ? 'unsigned'
      : checkSignature(signedText(stored as Record<string, unknown>), signature, await keys());
  if (proof === 'bad') return damaged('its manifest was altered after it was signed');
  const fault = manifest.damaged?.reason ?? faultOf(manifest, objects);
  if (fault !== undefined) return damaged(fault);
  if (proof === 'good') return { is: 'whole', manifest };
  const why =
    proof === 'unsigned'
      ? 'is not signed'
      : `is signed by the key ${signature?.key}, which is not here`;
  return { is: 'unproven', manifest, reason: `The backup ${id} ${why}.` };
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

async function readStored(storage: ObjectStorage, id: string): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of await storage.get(`${id}/${MANIFEST}`)) {
    bytes += chunk.length;
    if (bytes > MANIFEST_LIMIT_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined; // the schema refuses it
  }
}

export function isManifest(key: string): boolean {
  return key.endsWith(`/${MANIFEST}`);
}
