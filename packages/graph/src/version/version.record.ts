import type { GraphStore } from '../store/graph.store.ts';
import { keys } from '../store/store.keys.ts';

/** What is recorded of a version outside its graph. */
export interface VersionRecord {
  /** Of the manifest, when the graph was activated. */
  digest: string;
  /** ISO 8601: when it was loaded. */
  loadedAt?: string;
  /** When it was last made active. */
  activatedAt?: string;
  /** When the whole graph was last verified. */
  verifiedAt?: string;
}

/** Undefined when the version has no record, or one of another type: nothing attests its manifest then. */
export async function readRecord(
  store: GraphStore,
  version: string,
): Promise<VersionRecord | undefined> {
  const key = keys.record(version);
  if ((await store.send(['TYPE', key])) !== 'hash') return undefined;
  const reply = (await store.send(['HGETALL', key])) as string[];
  const fields: Record<string, string> = {};
  for (let at = 0; at + 1 < reply.length; at += 2)
    fields[String(reply[at])] = String(reply[at + 1]);
  const { digest, ...times } = fields;
  return digest === undefined ? undefined : { digest, ...times };
}

/** Records that a version was verified now. */
export async function noteVerified(store: GraphStore, version: string): Promise<void> {
  const now = new Date().toISOString();
  await store.send(['HSET', keys.record(version), 'verifiedAt', now]);
}

/** Records which manifest a verified backup of a version has. @param digest as the backup's own manifest says it */
export async function noteBacked(
  store: GraphStore,
  version: string,
  digest: string,
): Promise<void> {
  await store.send(['SET', keys.backedDigest(version), digest]);
}

/** Whether a verified backup has this very manifest. */
export async function isBacked(
  store: GraphStore,
  version: string,
  digest: string,
): Promise<boolean> {
  return (await store.send(['GET', keys.backedDigest(version)])) === digest;
}
