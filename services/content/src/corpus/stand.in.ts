import {
  type GraphStore,
  isHarmful,
  keys,
  listGraphKeys,
  listVersions,
  type Pointer,
  previousVersion,
  quickCheck,
  verifyGraph,
} from '@gospelib/graph';
import type { CorpusSource } from './corpus.loader.ts';
import type { Corpus } from './corpus.ts';

/** Requests wait for it, so nobody is there whom a quick scan could hinder. */
const atOnce = { untilFirst: true, ahead: 2, page: 2_048 } as const;

/**
 * A corpus to serve while the graph that the pointer names is damaged: its spare, else the version before, else any that
 * is sound. It is verified whole before anybody is answered from it; loading goes on meanwhile. Requests wait for this,
 * so that what cannot do is left at the first difference.
 * @param doubtful keys of copies that were damaged when they were last looked at: they come last
 * @throws StoreUnavailableError
 */
export async function findStandIn(
  store: GraphStore,
  { version }: Pointer,
  load: (source: CorpusSource) => Promise<Corpus>,
  doubtful: ReadonlySet<string>,
): Promise<Corpus | undefined> {
  const copies = (await listStandIns(store, version)).toSorted(
    (a, b) => Number(doubtful.has(a.key)) - Number(doubtful.has(b.key)),
  );
  for (const copy of copies) {
    if ((await quickCheck(store, copy.version, copy.key)).some(isHarmful)) continue;
    const loading = load(copy);
    loading.catch(() => undefined); // told when it is awaited; nobody is interested in what is left
    const { key } = copy;
    const { differences } = await verifyGraph(store, copy.version, { key, ...atOnce });
    if (!differences.some(isHarmful)) return loading;
  }
  return undefined;
}

/** What the store has beside the graph of a version that bears the same content, or bore it before; the best first. */
export async function listStandIns(store: GraphStore, version: string): Promise<CorpusSource[]> {
  const graphs = await listGraphKeys(store);
  const previous = await previousVersion(store);
  const versions = await listVersions(store);
  const others = new Set(previous === undefined ? versions : [previous, ...versions]);
  others.delete(version);
  return [
    { version, key: keys.replica(version), activation: undefined },
    ...[...others].map((other) => ({
      version: other,
      key: keys.graph(other),
      activation: undefined,
    })),
  ].filter(({ key }) => graphs.includes(key));
}
