import { pipeline, type Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createZstdDecompress } from 'node:zlib';
import type { StoredBackup } from '@gospelib/backup';
import { z } from 'zod';
import type { ManifestTexts } from '../content/graph.manifest.ts';
import { BulkLoader, loadGraph } from '../load/bulk.load.ts';
import { createIndexes } from '../load/graph.indexes.ts';
import type { GraphStore } from '../store/graph.store.ts';
import { type BackupForm, backupFiles } from './backup.content.ts';
import { readBatches } from './bulk.file.ts';
import { readRows } from './rows.file.ts';

/** The file's names: backups of every release have `prints`. */
const manifestFile = z.object({ json: z.string(), checksums: z.string(), prints: z.string() });

export function encodeManifest({ json, checksums, fingerprints }: ManifestTexts): string {
  return JSON.stringify({ json, checksums, prints: fingerprints });
}

/** The graph's own manifest as it was backed up. @throws BackupDamagedError, BackupMissingError, or what is wrong with it */
export async function readBackedManifest(backup: StoredBackup): Promise<ManifestTexts> {
  const stored = await text(await open(backup, backupFiles.manifest));
  const { json, checksums, prints } = manifestFile.parse(JSON.parse(stored));
  return { json, checksums, fingerprints: prints };
}

/**
 * Loads a form of a backup under keys that do not exist yet, with indexes.
 * @throws BackupDamagedError, BackupMissingError, or what is wrong with the file; StoreUnavailableError
 */
export async function loadForm(
  store: GraphStore,
  names: readonly [key: string, copy?: string],
  backup: StoredBackup,
  form: BackupForm,
): Promise<void> {
  const [key, copy] = names;
  const file = await open(backup, backupFiles[form]);
  if (form === 'fast') {
    const loader = new BulkLoader(store, copy === undefined ? [key] : [key, copy]);
    for await (const batch of readBatches(file)) await loader.load(batch);
  } else {
    // The whole file is read before anything is loaded.
    await loadGraph(store, key, await readRows(file), copy === undefined ? {} : { copy });
  }
  for (const name of names) if (name !== undefined) await createIndexes(store, name);
}

/** A file's content; the stream fails at its end when the content is not what was stored. */
async function open(backup: StoredBackup, file: string): Promise<Readable> {
  const stored = await backup.read(file);
  const content = createZstdDecompress();
  // An error of either stream reaches the reader of `content`.
  pipeline(stored, content, () => undefined);
  return content;
}
