import { pipeline, Readable } from 'node:stream';
import { createZstdCompress } from 'node:zlib';
import type { BackupDraft, BackupManifest, BackupStore } from '@gospelib/backup';
import { type GraphChecksums, GraphDigest } from '../content/graph.digest.ts';
import { readManifestTexts } from '../content/graph.manifest.ts';
import { type RowSink, scanEdges, scanNodes } from '../content/graph.scan.ts';
import { GraphDamagedError } from '../graph.error.ts';
import { attestedManifest } from '../integrity/attested.manifest.ts';
import { differing } from '../integrity/checksums.compare.ts';
import { verifyAgainst, verifyGraph } from '../integrity/graph.verify.ts';
import { edgeTypes, nodeLabels } from '../schema/graph.schema.ts';
import { connectGraph, type GraphStore } from '../store/graph.store.ts';
import { engineOf } from '../store/store.engine.ts';
import { keys } from '../store/store.keys.ts';
import { noteBacked } from '../version/version.record.ts';
import {
  backupFiles,
  type GraphBackupContent,
  graphBackupContent,
  type Scratch,
} from './backup.content.ts';
import { encodeManifest, loadForm } from './backup.load.ts';
import { FormWriter } from './form.writer.ts';

export interface BackupGraphOptions {
  scratch: Scratch;
  /** Called with each step, in a few words. */
  onStep?: (step: string) => void;
}

/**
 * Backs up a version in both forms, restores both into a scratch store and verifies them there. A backup that cannot be
 * restored to what it was is deleted.
 * @throws GraphDamagedError when the graph is not sound, or the backup is not; StoreUnavailableError
 */
export async function backupGraph(
  store: GraphStore,
  version: string,
  backups: BackupStore,
  { scratch, onStep = () => undefined }: BackupGraphOptions,
): Promise<BackupManifest> {
  const start = performance.now();
  onStep('reading the graph and writing both forms');
  const key = keys.graph(version);
  const { manifest, differences } = await attestedManifest(store, version, key);
  const texts = await readManifestTexts(store.reader(key, version));
  if (manifest === undefined || texts === undefined || differences.length > 0) {
    throw new GraphDamagedError(version, differences);
  }
  const draft = await backups.create('graph');
  try {
    await draft.write(backupFiles.manifest, packed(Readable.from([encodeManifest(texts)])));
    const checksums = await writeForms(store, key, draft);
    if (parts.some((part) => differing(manifest.checksums[part], checksums[part]).length > 0)) {
      throw new GraphDamagedError(version, (await verifyGraph(store, version)).differences);
    }
    const { corpus, digest } = manifest;
    const facts: GraphBackupContent = {
      version,
      edition: corpus.edition,
      counts: { nodes: sum(checksums.nodes), edges: sum(checksums.edges) },
      checksums,
      digest,
    };
    const engine = await engineOf(store);
    await draft.finish({ engine, content: facts, seconds: since(start) });
  } catch (error) {
    await draft.discard().catch(() => undefined); // the next backup deletes what is left
    throw error;
  }
  onStep('restoring it into a scratch store');
  let verified: BackupManifest;
  try {
    verified = await verifyGraphBackup(backups, draft.id, scratch);
  } catch (error) {
    await backups.remove(draft.id);
    throw error;
  }
  await noteBacked(store, version, manifest.digest);
  return verified;
}

/** Reads the graph once: it is encoded while the store reads on, and compressed on other cores. */
async function writeForms(
  store: GraphStore,
  key: string,
  draft: BackupDraft,
): Promise<GraphChecksums> {
  const digest = new GraphDigest();
  const writer = new FormWriter();
  const writing = [
    draft.write(backupFiles.fast, packed(writer.fast)),
    draft.write(backupFiles.neutral, packed(writer.neutral)),
  ];
  // One that fails ends the other, and the scan waits for neither.
  for (const one of writing) one.catch((error: Error) => writer.destroy(error));
  const sink: RowSink = {
    addNode(label, number, values) {
      digest.addNode(label, number, values);
      writer.addNode(label, number, values);
    },
    addEdge(type, from, to, values) {
      digest.addEdge(type, from, to, values);
      writer.addEdge(type, from, to, values);
    },
  };
  const options = { pace: () => writer.drained() };
  try {
    for (const label of nodeLabels) {
      writer.beginNodes(label);
      await scanNodes(store, key, label, sink, options);
      writer.endTable();
    }
    for (const type of edgeTypes) {
      writer.beginEdges(type);
      await scanEdges(store, key, type, sink, (place) => digest.labelAt(place), options);
      writer.endTable();
    }
    writer.end();
  } catch (error) {
    writer.destroy(error as Error);
    await Promise.allSettled(writing); // nothing is written any more when the draft is discarded
    throw error;
  }
  const failed = (await Promise.allSettled(writing)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return digest.checksums();
}

/**
 * Restores both forms into a scratch store and verifies them; a backup counts only after that.
 * @throws GraphDamagedError, BackupDamagedError
 */
export async function verifyGraphBackup(
  backups: BackupStore,
  id: string,
  scratch: Scratch,
): Promise<BackupManifest> {
  const start = performance.now();
  const backup = await backups.open(id);
  const { checksums } = graphBackupContent.parse(backup.manifest.content);
  const server = await scratch();
  const store = connectGraph(server.url, { timeout: SCRATCH_TIMEOUT });
  try {
    await store.whenReady(SCRATCH_TIMEOUT);
    for (const form of ['fast', 'neutral'] as const) {
      await loadForm(store, [form], backup, form);
      const { ok, differences } = await verifyAgainst(store, form, checksums);
      if (!ok) throw new GraphDamagedError(`${id} (${form})`, differences);
    }
    const { version } = await engineOf(store);
    const at = new Date().toISOString();
    return await backups.markVerified(id, { at, seconds: since(start), engine: version });
  } finally {
    await store.close();
    await server.stop();
  }
}

const SCRATCH_TIMEOUT = 30_000;
const parts = ['nodes', 'edges', 'books'] as const;

/** An error of the source reaches the reader of what is packed. */
function packed(source: Readable): Readable {
  const compressed = createZstdCompress();
  pipeline(source, compressed, () => undefined);
  return compressed;
}

function sum(rows: GraphChecksums['nodes']): number {
  return Object.values(rows).reduce((total, { rows }) => total + rows, 0);
}

function since(start: number): number {
  return (performance.now() - start) / 1000;
}
