import type { CorpusResponse } from '@gospelib/contracts';
import {
  activate,
  activateBuilt,
  activeVersion,
  createIndexes,
  digestContent,
  dropLeftovers,
  ensureReplica,
  type GraphStore,
  type IngestLock,
  keys,
  listVersions,
  loadGraph,
  manifestTexts,
  pruneVersions,
  readManifest,
  verifyAgainst,
  verifyGraph,
  withIngestLock,
  writeManifest,
} from '@gospelib/graph';
import { buildCorpus } from './corpus/corpus.build.ts';
import { estimateRows, graphContent } from './corpus/graph.content.ts';
import { RepairList } from './corpus/repair.list.ts';
import { VerificationError } from './ingest.error.ts';
import { countRows, describeCorpus, sumCounts } from './report/corpus.summary.ts';
import type { IngestReport } from './report/ingest.report.ts';
import { type ProgressEvent, StageRecorder } from './report/stage.recorder.ts';
import { readSources, type SourceOptions, type SourceSet } from './sources/source.set.ts';

export interface IngestOptions {
  /** Undefined for a dry run, which does everything but write to the store. */
  store: GraphStore | undefined;
  /** Ingest even when this version is in the store and sound. */
  force: boolean;
  sources: SourceOptions;
  onProgress: (event: ProgressEvent) => void;
}

/** The part of the report that is not the same for every run. */
type Outcome = Pick<IngestReport, 'outcome' | 'checksums' | 'bulkSeconds' | 'dropped'> & {
  corpus: CorpusResponse;
};

/**
 * Sources → records → staging graph → verified → active. Nothing changes for readers before the last step.
 * @throws SourceError, VerificationError, IngestLockedError, IngestLockLostError, StoreUnavailableError
 */
export async function runIngest(options: IngestOptions): Promise<IngestReport> {
  const start = performance.now();
  const recorder = new StageRecorder(options.onProgress);
  const sources = await recorder.run(
    'sources',
    () => readSources(options.sources),
    ({ sources }) => ({ records: sources.length }),
  );
  const { store } = options;
  const outcome = store
    ? await withIngestLock(store, (lock) =>
        ingestInto(store, lock, sources, recorder, options.force),
      )
    : await rehearse(sources, recorder);
  const { corpus, ...rest } = outcome;
  return {
    ...rest,
    version: corpus.version,
    edition: corpus.edition,
    reason: sources.choice.reason,
    stages: recorder.stages,
    mends: corpus.mends,
    sources: corpus.sources,
    counts: corpus.counts,
    totals: { nodes: sumCounts(corpus.counts.nodes), edges: sumCounts(corpus.counts.edges) },
    checksum: corpus.checksum,
    seconds: Math.round(performance.now() - start) / 1000,
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
    storeMemoryMb: store && (await storeMemory(store)),
  };
}

async function ingestInto(
  store: GraphStore,
  lock: IngestLock,
  sources: SourceSet,
  recorder: StageRecorder,
  force: boolean,
): Promise<Outcome> {
  const { version } = sources;
  const building = keys.building(version, lock.run);
  const replica = keys.buildingReplica(version, lock.run);
  try {
    await dropLeftovers(store);
    const reused = force ? undefined : await reuse(store, version, lock, recorder);
    if (reused) return reused;

    const repairs = new RepairList();
    const records = await buildCorpus(sources, repairs, recorder);
    const total = estimateRows(records);
    const { checksums, fingerprints, bulkSeconds } = await recorder.run(
      'load',
      (progress) => {
        let done = 0;
        return loadGraph(store, building, graphContent(records), {
          copy: replica,
          onBatch: (_, rows) => {
            done += rows;
            progress(Math.min(done, total), total);
          },
        });
      },
      ({ checksums }) => countRows(checksums),
    );
    await recorder.run('indexes', async () => {
      for (const key of [building, replica]) await createIndexes(store, key);
    });
    const corpus = describeCorpus(sources, repairs.all(), checksums);
    await recorder.run(
      'verify',
      async () => {
        const verified = await verifyAgainst(store, building, checksums);
        if (!verified.ok) throw new VerificationError(version, verified.differences);
        return verified.checksums;
      },
      countRows,
    );
    await recorder.run('activate', async () => {
      const texts = manifestTexts(corpus, checksums, fingerprints);
      await writeManifest(store, replica, texts);
      await activateBuilt(store, version, await writeManifest(store, building, texts), lock);
    });
    await lock.assertHeld();
    const dropped = await pruneVersions(store);
    return { outcome: 'ingested', corpus, checksums, bulkSeconds, dropped };
  } catch (error) {
    // Best effort: the next run deletes what is left.
    for (const key of [building, replica]) {
      await store.send(['GRAPH.DELETE', key]).catch(() => undefined);
    }
    throw error;
  }
}

/** A sound graph of this version that the store already has. */
async function reuse(
  store: GraphStore,
  version: string,
  lock: IngestLock,
  recorder: StageRecorder,
): Promise<Outcome | undefined> {
  if (!(await listVersions(store)).includes(version)) return undefined;
  const { ok, checksums } = await recorder.run(
    'verify',
    () => verifyGraph(store, version),
    ({ checksums }) => countRows(checksums),
  );
  const manifest = ok ? await readManifest(store.at(version)) : undefined;
  if (!manifest) return undefined;
  const outcome = (await activeVersion(store)) === version ? 'unchanged' : 'reactivated';
  if (outcome === 'reactivated')
    await recorder.run('activate', () => activate(store, version, lock));
  await recorder.run('replica', () => ensureReplica(store, version, lock));
  return {
    outcome,
    corpus: manifest.corpus,
    checksums,
    bulkSeconds: 0,
    dropped: await pruneVersions(store),
  };
}

async function rehearse(sources: SourceSet, recorder: StageRecorder): Promise<Outcome> {
  const repairs = new RepairList();
  const corpus = await buildCorpus(sources, repairs, recorder);
  const checksums = await recorder.run(
    'rows',
    () => digestContent(graphContent(corpus)),
    countRows,
  );
  return {
    outcome: 'dry-run',
    corpus: describeCorpus(sources, repairs.all(), checksums),
    checksums,
    bulkSeconds: 0,
    dropped: [],
  };
}

async function storeMemory(store: GraphStore): Promise<number | undefined> {
  const info = String(await store.send(['INFO', 'memory']));
  const bytes = /^used_memory_rss:(\d+)/m.exec(info)?.[1];
  return bytes === undefined ? undefined : Math.round(Number(bytes) / 1024 / 1024);
}
