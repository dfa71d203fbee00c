import { OperatorError } from '@gospelib/cli-kit';
import { withRunningGraph } from '@gospelib/data-ops';
import type { Environment } from '@gospelib/environment';
import {
  type Difference,
  GraphQueryError,
  type GraphStore,
  isHarmful,
  isIngestAtWork,
  keys,
  listGraphs,
  quickCheck,
  readAttestation,
  readPointer,
  StoreUnavailableError,
  verifyGraph,
} from '@gospelib/graph';
import type { Finding } from './finding.ts';
import type { Answer } from './probe.answer.ts';
import type { GraphSnapshot } from './snapshot.types.ts';

const NAMED = 12;

/** Verifies what the pointer names, and takes a quick look at what else there is. */
export async function probeGraph(
  environment: Environment,
  say: (line: string) => void,
): Promise<Answer<GraphSnapshot>> {
  say('verifying the active graph …');
  try {
    const remembered = await environment.rememberedCorpus();
    return await withRunningGraph(environment, (store) => probe(store, remembered?.version));
  } catch (error) {
    if (!(error instanceof StoreUnavailableError) && !(error instanceof OperatorError)) throw error;
    const text = `FalkorDB does not answer: nothing can be read. ${(error as Error).message}`;
    return {
      snapshot: undefined,
      findings: [{ kind: 'graph-away', level: 'fault', subject: 'falkordb', text }],
    };
  }
}

async function probe(
  store: GraphStore,
  remembered: string | undefined,
): Promise<Answer<GraphSnapshot>> {
  const [pointer, entries, busy] = await Promise.all([
    readPointer(store),
    listGraphs(store),
    isIngestAtWork(store),
  ]);
  const wanted = pointer?.version;
  const entry = entries.find(({ version }) => version === wanted);
  // Only what is served is verified whole: whoever falls back on something else verifies that before it is served.
  const [differences, replicaWhole, othersWhole, attestation] = await Promise.all([
    wanted === undefined || entry === undefined ? [] : differencesOf(store, wanted),
    wanted === undefined ? false : looksWhole(store, wanted, keys.replica(wanted)),
    wholeOthers(store, wanted, entries),
    wanted === undefined ? undefined : readAttestation(store, wanted),
  ]);
  const snapshot: GraphSnapshot = {
    wanted,
    sound: entry !== undefined && !differences.some(isHarmful),
    known: attestation?.recorded !== undefined,
    attestation,
    quarantined: pointer?.quarantined === true,
    missingIndexes: differences.some(({ kind }) => kind === 'missing-index'),
    replicaWhole,
    othersWhole,
    remembered,
    busy,
  };
  return { snapshot, findings: tell(snapshot, entry !== undefined, differences) };
}

async function differencesOf(store: GraphStore, version: string): Promise<readonly Difference[]> {
  return (await verifyGraph(store, version)).differences;
}

async function looksWhole(store: GraphStore, version: string, key?: string): Promise<boolean> {
  try {
    return !(await quickCheck(store, version, key)).some(isHarmful);
  } catch (error) {
    // The store answers, and refuses: nobody should fall back on that.
    if (error instanceof GraphQueryError) return false;
    throw error;
  }
}

async function wholeOthers(
  store: GraphStore,
  wanted: string | undefined,
  entries: Awaited<ReturnType<typeof listGraphs>>,
): Promise<string[]> {
  const others = entries
    .filter(({ version }) => version !== wanted)
    .sort((a, b) => (b.activatedAt ?? '').localeCompare(a.activatedAt ?? ''));
  const whole = await Promise.all(others.map(({ version }) => looksWhole(store, version)));
  return others.flatMap(({ version }, at) => (whole[at] ? [version] : []));
}

function tell(
  snapshot: GraphSnapshot,
  there: boolean,
  differences: readonly Difference[],
): Finding[] {
  const { wanted, busy, known } = snapshot;
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
  if (snapshot.sound && snapshot.quarantined) {
    const text = `The graph of the active version ${wanted} is quarantined, but verifies: readers get a fallback, or nothing.`;
    add('graph-quarantined', 'fault', text);
  }
  const slow = differences.filter(({ kind }) => kind === 'missing-index');
  if (slow.length > 0) {
    add('graph-slow', 'fault', 'Indexes of the active graph are missing: answers are slow.', slow);
  }
  const unattested = differences.filter(({ kind }) => kind === 'no-record');
  if (unattested.length > 0) {
    add('graph-unattested', 'warning', 'Nothing outside the active graph attests it.', unattested);
  }
  return findings;
}
