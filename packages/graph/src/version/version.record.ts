import type { GraphStore } from '../store/graph.store.ts';
import { keys } from '../store/store.keys.ts';

/** What is kept of a version beside its graph. */
export interface VersionRecord {
  /** Of the manifest, when the graph was activated. */
  digest: string;
  /** ISO 8601: when it was loaded. */
  loadedAt?: string;
  /** When it was made the active one last. */
  activatedAt?: string;
  /** When the whole of it was last found to be as it should. */
  verifiedAt?: string;
}

/** Undefined when nothing vouches for the version. */
export async function readRecord(
  store: GraphStore,
  version: string,
): Promise<VersionRecord | undefined> {
  const reply = (await store.send(['HGETALL', keys.record(version)])) as string[];
  const fields: Record<string, string> = {};
  for (let at = 0; at + 1 < reply.length; at += 2)
    fields[String(reply[at])] = String(reply[at + 1]);
  const { digest, ...times } = fields;
  return digest === undefined ? undefined : { digest, ...times };
}

/** Notes that a version was found to be as it should. */
export async function noteVerified(store: GraphStore, version: string): Promise<void> {
  const now = new Date().toISOString();
  await store.send(['HSET', keys.record(version), 'verifiedAt', now]);
}
