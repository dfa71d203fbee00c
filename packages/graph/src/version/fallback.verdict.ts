import { z } from 'zod';
import type { GraphStore } from '../store/graph.store.ts';
import { keys } from '../store/store.keys.ts';
import type { Pointer } from './version.store.ts';

const verdictSchema = z.object({
  /** Another one with each new finding. */
  id: z.string(),
  /** Of the pointer, when the fallback was examined: after the pointer has moved the verdict says nothing. */
  activation: z.string(),
  sound: z.boolean(),
  /** Whether all of the fallback was read after the active graph had been quarantined. */
  sinceQuarantine: z.boolean(),
});

/** What the auditor found out about a fallback; content services read it from the store. */
export type Verdict = z.output<typeof verdictSchema>;

/** @param milliseconds after which the store forgets it, unless it is written again */
export async function writeVerdict(
  store: GraphStore,
  key: string,
  verdict: Verdict,
  milliseconds: number,
): Promise<void> {
  const text = JSON.stringify(verdict);
  await store.send(['SET', keys.verdict(key), text, 'PX', String(Math.ceil(milliseconds))]);
}

/** The verdict of a fallback as long as the pointer is where it was; undefined when there is none that can be read. */
export async function readVerdict(
  store: GraphStore,
  key: string,
  { activation }: Pointer,
): Promise<Verdict | undefined> {
  const text = await store.send(['GET', keys.verdict(key)]);
  if (typeof text !== 'string') return undefined;
  const verdict = verdictSchema.safeParse(parseJson(text)).data;
  return verdict?.activation === activation ? verdict : undefined;
}

/**
 * Whether a fallback can be served without being verified again. What was found before the quarantine does not count:
 * whatever damaged the active graph may have damaged the fallback in the same moment.
 */
export function isAttested(verdict: Verdict | undefined, pointer: Pointer): boolean {
  return pointer.quarantined === true && verdict?.sound === true && verdict.sinceQuarantine;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
