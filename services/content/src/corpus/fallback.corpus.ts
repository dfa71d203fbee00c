import {
  type GraphStore,
  isAttested,
  isHarmful,
  listFallbacks,
  type Pointer,
  quickCheck,
  readVerdict,
  verifyGraph,
} from '@gospelib/graph';
import type { CorpusSource } from './corpus.loader.ts';
import type { ServedCorpus } from './corpus.ts';

/** Requests wait for the verification, so it is quick rather than considerate, and ends at the first difference. */
const atOnce = { untilFirst: true, ahead: 2, page: 2_048 } as const;

/**
 * A corpus to serve while the graph that the pointer names is damaged: its replica, else the version before, else any
 * other that is sound. It is verified whole before anybody is answered from it, unless the auditor has attested it since
 * the quarantine; loading goes on meanwhile. What the auditor has found damaged is tried last.
 * @throws StoreUnavailableError
 */
export async function findFallback(
  store: GraphStore,
  pointer: Pointer,
  load: (source: CorpusSource) => Promise<ServedCorpus>,
): Promise<ServedCorpus | undefined> {
  const fallbacks = await Promise.all(
    (await listFallbacks(store, pointer.version)).map(async (fallback) => ({
      ...fallback,
      verdict: await readVerdict(store, fallback.key, pointer),
    })),
  );
  fallbacks.sort((a, b) => Number(a.verdict?.sound === false) - Number(b.verdict?.sound === false));
  for (const { version, key, verdict } of fallbacks) {
    if ((await quickCheck(store, version, key)).some(isHarmful)) continue;
    const loading = load({ version, key, activation: undefined, verdict: verdict?.id });
    loading.catch(() => undefined); // told when it is awaited; nobody awaits one that is passed over
    if (isAttested(verdict, pointer)) return loading;
    const { differences } = await verifyGraph(store, version, { key, ...atOnce });
    if (!differences.some(isHarmful)) return loading;
  }
  return undefined;
}
