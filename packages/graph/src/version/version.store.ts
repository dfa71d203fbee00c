import { randomUUID } from 'node:crypto';
import { GraphQueryError } from '../graph.error.ts';
import type { GraphStore } from '../store/graph.store.ts';
import { keys, versionPattern } from '../store/store.keys.ts';
import { type IngestLock, IngestLockLostError } from './ingest.lock.ts';
import { EXPIRY_MS, OWNS_FUNCTION } from './lock.scripts.ts';

const LOST = 'The lock of the ingest was lost.';

/*
 * One atomic step: the pointer moves only while the caller still owns the lock; a graph that was built under a staging
 * key, and its replica where there is one, are renamed to their final keys; the digest of the manifest is recorded, and
 * so is the version before.
 */
const ACTIVATE = `${OWNS_FUNCTION}
local building, graph, active, previous, lock, holder, activation, record, built, replica = unpack(KEYS)
local version, token, expiry, digest, id, now = unpack(ARGV)
if token ~= '' and not owns(lock, holder, token, expiry) then
  return redis.error_reply('${LOST}')
end
if digest ~= '' then
  redis.call('RENAME', building, graph)
  if redis.call('EXISTS', built) == 1 then redis.call('RENAME', built, replica) end
  redis.call('DEL', record)
  redis.call('HSET', record, 'digest', digest, 'loadedAt', now, 'verifiedAt', now)
elseif redis.call('EXISTS', graph) == 0 then
  return redis.error_reply('There is no graph of version ' .. version .. '.')
end
local before = redis.call('MGET', active)[1]
if redis.call('TYPE', record)['ok'] ~= 'hash' then redis.call('DEL', record) end
if before and before ~= version then redis.call('SET', previous, before) end
redis.call('SET', active, version)
redis.call('SET', activation, id)
redis.call('HSET', record, 'activatedAt', now)
return 1`;

/** The active graph. */
export interface Pointer {
  version: string;
  /** Changes each time the pointer moves or the graph behind it is replaced; empty in stores of the first releases. */
  activation: string;
  /** The graph was found damaged: no request may be answered from it. */
  quarantined?: true;
}

/** What is served; undefined before the first ingest. A pointer that is no version, or of another type, is none. */
export async function readPointer(store: GraphStore): Promise<Pointer | undefined> {
  const reply = await store.send(['MGET', keys.active, keys.activation, keys.quarantined]);
  const [version, activation, quarantined] = reply as (string | null)[];
  if (!isVersion(version)) return undefined;
  const pointer = { version, activation: activation ?? '' };
  return quarantined === pointer.activation ? { ...pointer, quarantined: true } : pointer;
}

/**
 * Tells every service that the active graph is damaged. The quarantine ends when the pointer moves or the graph is
 * replaced.
 */
export async function quarantine(store: GraphStore, { activation }: Pointer): Promise<void> {
  await store.send(['SET', keys.quarantined, activation]);
}

/** The version that is served; undefined before the first ingest. */
export async function activeVersion(store: GraphStore): Promise<string | undefined> {
  return readKey(store, keys.active);
}

/** The version that was served before. */
export async function previousVersion(store: GraphStore): Promise<string | undefined> {
  return readKey(store, keys.previous);
}

/**
 * Moves the pointer to a version that the store has.
 * @throws GraphQueryError when it has none, IngestLockLostError
 */
export async function activate(
  store: GraphStore,
  version: string,
  lock?: IngestLock,
): Promise<void> {
  await run(store, version, '', lock);
}

/**
 * Renames the graph that was built under a staging key, and moves the pointer to it.
 * @param digest of its manifest, as `writeManifest` gave it
 * @throws IngestLockLostError
 */
export async function activateBuilt(
  store: GraphStore,
  version: string,
  digest: string,
  lock: IngestLock,
): Promise<void> {
  await run(store, version, digest, lock);
}

/** Versions in the store, sorted; without replicas and graphs under construction. */
export async function listVersions(store: GraphStore): Promise<string[]> {
  const names = (await listGraphKeys(store)).map((key) => key.slice(keys.graph('').length));
  return names.filter((name) => versionPattern.test(name)).sort();
}

/** @throws GraphQueryError for the active version. */
export async function dropVersion(store: GraphStore, version: string): Promise<void> {
  if (version === (await activeVersion(store))) {
    throw new GraphQueryError(`Version ${version} is active and cannot be dropped.`);
  }
  await store.send(['GRAPH.DELETE', keys.graph(version)]);
  await store.send(['DEL', keys.record(version), keys.backedDigest(version)]);
}

/** Drops all versions but the active one and the one before; returns those dropped. */
export async function pruneVersions(store: GraphStore): Promise<string[]> {
  const active = await activeVersion(store);
  const kept = [active, await previousVersion(store)];
  const dropped = (await listVersions(store)).filter((version) => !kept.includes(version));
  for (const version of dropped) await dropVersion(store, version);
  await pruneReplicas(store);
  return dropped;
}

/** Drops the replicas of all versions but the active one. */
export async function pruneReplicas(store: GraphStore): Promise<void> {
  const kept = keys.replica((await activeVersion(store)) ?? '');
  for (const key of await listGraphKeys(store)) {
    if (key.endsWith(REPLICA) && key !== kept) await store.send(['GRAPH.DELETE', key]);
  }
}

/** Drops graphs that a killed run left under construction; the caller holds the lock. */
export async function dropLeftovers(store: GraphStore): Promise<string[]> {
  const left = (await listGraphKeys(store)).filter((key) => key.includes(BUILDING));
  for (const key of left) await store.send(['GRAPH.DELETE', key]);
  return left;
}

const BUILDING = ':building:';
const REPLICA = ':spare';

/** The keys of all graphs: versions, replicas, and those under construction. */
export async function listGraphKeys(store: GraphStore): Promise<string[]> {
  const list = (await store.send(['GRAPH.LIST'])) as string[];
  return list.filter((key) => key.startsWith(keys.graph('')));
}

async function readKey(store: GraphStore, key: string): Promise<string | undefined> {
  // MGET answers nothing, instead of an error, for a key of another type.
  const [value] = (await store.send(['MGET', key])) as (string | null)[];
  return isVersion(value) ? value : undefined;
}

function isVersion(value: unknown): value is string {
  return typeof value === 'string' && versionPattern.test(value);
}

async function run(
  store: GraphStore,
  version: string,
  digest: string,
  lock?: IngestLock,
): Promise<void> {
  const names = [
    keys.building(version, lock?.run ?? ''),
    keys.graph(version),
    keys.active,
    keys.previous,
    keys.lock,
    keys.lockHolder,
    keys.activation,
    keys.record(version),
    keys.buildingReplica(version, lock?.run ?? ''),
    keys.replica(version),
  ];
  const token = lock?.token ?? '';
  const now = new Date().toISOString();
  const values = [version, token, String(EXPIRY_MS), digest, randomUUID(), now];
  try {
    await store.send(['EVAL', ACTIVATE, String(names.length), ...names, ...values]);
  } catch (error) {
    if (error instanceof GraphQueryError && error.message.includes(LOST)) {
      throw new IngestLockLostError({ cause: error });
    }
    throw error;
  }
}
