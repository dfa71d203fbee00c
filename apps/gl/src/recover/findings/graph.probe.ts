import {
  type Difference,
  type GraphStore,
  isHarmful,
  keys,
  listGraphs,
  readPointer,
  readRecord,
  StoreUnavailableError,
  verifyGraph,
} from '@gospelib/graph';
import { StoreError } from '@gospelib/stores';
import type { Config } from '../../config.ts';
import type { GraphLook } from '../look.ts';
import { openGraph } from '../stores.ts';
import type { Finding } from './finding.ts';

const NAMED = 12;

export interface GraphProbe {
  look: GraphLook | undefined;
  findings: Finding[];
}

/** Verifies what the pointer names and, when that is not sound, what else there is. */
export async function lookAtGraph(config: Config): Promise<GraphProbe> {
  try {
    return await openGraph(config, probe);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError) && !(error instanceof StoreError)) throw error;
    const text = `FalkorDB does not answer: nothing can be read. ${(error as Error).message}`;
    return {
      look: undefined,
      findings: [{ kind: 'graph-away', level: 'fault', subject: 'falkordb', text }],
    };
  }
}

async function probe(store: GraphStore): Promise<GraphProbe> {
  const [pointer, entries, holder] = await Promise.all([
    readPointer(store),
    listGraphs(store),
    store.send(['GET', keys.lock]),
  ]);
  const wanted = pointer?.version;
  const entry = entries.find(({ version }) => version === wanted);
  const [differences, spareDifferences] = await Promise.all([
    wanted === undefined || entry === undefined ? [] : differencesOf(store, wanted),
    wanted === undefined || entry?.spare === false
      ? undefined
      : differencesOf(store, wanted, keys.spare(wanted)),
  ]);
  const harmful = differences.filter(isHarmful);
  const sound = entry !== undefined && harmful.length === 0;
  const look: GraphLook = {
    wanted,
    sound,
    known: wanted !== undefined && (await readRecord(store, wanted)) !== undefined,
    missingIndexes: differences.some(({ kind }) => kind === 'missing-index'),
    spareSound: spareDifferences !== undefined && !spareDifferences.some(isHarmful),
    otherSound: sound ? [] : await otherSound(store, wanted, entries),
    busy: typeof holder === 'string',
  };
  return { look, findings: tell(look, entry !== undefined, differences) };
}

/** None when there is no such graph: the caller knows. */
async function differencesOf(
  store: GraphStore,
  version: string,
  key?: string,
): Promise<readonly Difference[]> {
  return (await verifyGraph(store, version, key === undefined ? {} : { key })).differences;
}

async function otherSound(
  store: GraphStore,
  wanted: string | undefined,
  entries: Awaited<ReturnType<typeof listGraphs>>,
): Promise<string[]> {
  const others = entries
    .filter(({ version }) => version !== wanted)
    .sort((a, b) => (b.activatedAt ?? '').localeCompare(a.activatedAt ?? ''));
  const checked = await Promise.all(
    others.map(async ({ version }) => ({
      version,
      sound: (await verifyGraph(store, version)).ok,
    })),
  );
  return checked.flatMap(({ version, sound }) => (sound ? [version] : []));
}

function tell(look: GraphLook, there: boolean, differences: readonly Difference[]): Finding[] {
  const { wanted, busy, known } = look;
  const findings: Finding[] = [];
  const add = (
    kind: Finding['kind'],
    level: Finding['level'],
    text: string,
    about: readonly Difference[] = [],
  ) => {
    const details = about.slice(0, NAMED).map(({ detail }) => detail);
    findings.push({
      kind,
      level,
      subject: wanted ?? 'graph',
      text,
      ...(details.length > 0 && { details }),
    });
  };
  if (busy) add('graph-busy', 'warning', 'An ingest or a restore is at work on the graph.');
  if (wanted === undefined) {
    add('graph-none', 'fault', 'The graph store holds no active corpus: readers get nothing.');
  } else if (!there && known) {
    add('graph-gone', 'fault', `The graph of the active version ${wanted} is gone.`);
  } else if (!there) {
    add(
      'graph-nowhere',
      'fault',
      `The pointer names ${wanted}, of which this store never had a graph.`,
    );
  }
  const harmful = differences.filter(isHarmful);
  if (harmful.length > 0) {
    const text = `The graph of the active version ${wanted} is damaged: answers from it may be wrong.`;
    add('graph-damaged', 'fault', text, harmful);
  }
  const slow = differences.filter(({ kind }) => kind === 'missing-index');
  if (slow.length > 0) {
    add('graph-slow', 'fault', 'Indexes of the active graph are missing: answers are slow.', slow);
  }
  const unvouched = differences.filter(({ kind }) => kind === 'no-record');
  if (unvouched.length > 0) {
    add('graph-unvouched', 'warning', 'Nothing beside the active graph vouches for it.', unvouched);
  }
  return findings;
}
