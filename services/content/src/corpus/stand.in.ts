import {
  type GraphStore,
  isHarmful,
  keys,
  listVersions,
  type Pointer,
  previousVersion,
  verifyGraph,
} from '@gospelib/graph';
import type { CorpusSource } from './corpus.loader.ts';
import type { Corpus } from './corpus.ts';

/**
 * A corpus to serve while the graph that the pointer names is damaged: its spare, else the version before, else any that
 * is sound. It is verified whole before anybody is answered from it; loading goes on meanwhile.
 * @throws StoreUnavailableError
 */
export async function findStandIn(
  store: GraphStore,
  { version }: Pointer,
  load: (source: CorpusSource) => Promise<Corpus>,
): Promise<Corpus | undefined> {
  for (const candidate of await candidates(store, version)) {
    if ((await store.send(['EXISTS', candidate.key])) !== 1) continue;
    const [verified, loaded] = await Promise.allSettled([
      verifyGraph(store, candidate.version, { key: candidate.key }),
      load(candidate),
    ]);
    if (verified.status === 'rejected') throw verified.reason;
    if (loaded.status === 'fulfilled' && !verified.value.differences.some(isHarmful)) {
      return loaded.value;
    }
  }
  return undefined;
}

async function candidates(store: GraphStore, version: string): Promise<CorpusSource[]> {
  const previous = await previousVersion(store);
  const versions = await listVersions(store);
  const others = new Set(previous === undefined ? versions : [previous, ...versions]);
  others.delete(version);
  return [
    { version, key: keys.spare(version), activation: undefined },
    ...[...others].map((other) => ({
      version: other,
      key: keys.graph(other),
      activation: undefined,
    })),
  ];
}
