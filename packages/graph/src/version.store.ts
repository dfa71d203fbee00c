import { GraphQueryError } from './graph.error.ts';
import type { GraphStore } from './graph.store.ts';
import type { IngestLock } from './ingest.lock.ts';
import { keys, versionPattern } from './schema.ts';

/*
 * One step for everybody: the pointer moves only while the caller still holds the lock, a graph that was built beside
 * gets its name in the same moment, and the version before is remembered.
 */
const ACTIVATE = `
local building, graph, active, previous, lock = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local version, token, built = ARGV[1], ARGV[2], ARGV[3]
if token ~= '' and redis.call('GET', lock) ~= token then
  return redis.error_reply('The lock of the ingest was lost.')
end
if built == 'yes' then
  redis.call('RENAME', building, graph)
elseif redis.call('EXISTS', graph) == 0 then
  return redis.error_reply('There is no graph of version ' .. version .. '.')
end
local before = redis.call('GET', active)
if before and before ~= version then redis.call('SET', previous, before) end
redis.call('SET', active, version)
return 1`;

/** The version that is served; undefined before the first ingest. */
export async function activeVersion(store: GraphStore): Promise<string | undefined> {
  return readPointer(store, keys.active);
}

/** The version that was served before. */
export async function previousVersion(store: GraphStore): Promise<string | undefined> {
  return readPointer(store, keys.previous);
}

/** Moves the pointer to a version that the store has. @throws GraphQueryError when it has none. */
export async function activate(store: GraphStore, version: string): Promise<void> {
  await run(store, version);
}

/** Names the graph that was built beside, and moves the pointer to it. @throws GraphQueryError without the lock */
export async function activateBuilt(
  store: GraphStore,
  version: string,
  lock: IngestLock,
): Promise<void> {
  await run(store, version, lock);
}

/** Versions in the store, sorted; without graphs under construction. */
export async function listVersions(store: GraphStore): Promise<string[]> {
  const names = (await graphs(store)).map((key) => key.slice(keys.graph('').length));
  return names.filter((name) => versionPattern.test(name)).sort();
}

/** @throws GraphQueryError for the active version. */
export async function dropVersion(store: GraphStore, version: string): Promise<void> {
  if (version === (await activeVersion(store))) {
    throw new GraphQueryError(`Version ${version} is active and cannot be dropped.`);
  }
  await store.send(['GRAPH.DELETE', keys.graph(version)]);
}

/** Drops all versions but the active one and the one before; returns those dropped. */
export async function pruneVersions(store: GraphStore): Promise<string[]> {
  const kept = [await activeVersion(store), await previousVersion(store)];
  const dropped = (await listVersions(store)).filter((version) => !kept.includes(version));
  for (const version of dropped) await dropVersion(store, version);
  return dropped;
}

/** Drops graphs that a killed ingest left under construction; only for who holds the lock. */
export async function dropLeftovers(store: GraphStore): Promise<string[]> {
  const left = (await graphs(store)).filter((key) => key.includes(BUILDING));
  for (const key of left) await store.send(['GRAPH.DELETE', key]);
  return left;
}

const BUILDING = ':building:';

async function graphs(store: GraphStore): Promise<string[]> {
  const list = (await store.send(['GRAPH.LIST'])) as string[];
  return list.filter((key) => key.startsWith(keys.graph('')));
}

async function readPointer(store: GraphStore, key: string): Promise<string | undefined> {
  const value = await store.send(['GET', key]);
  return typeof value === 'string' ? value : undefined;
}

async function run(store: GraphStore, version: string, lock?: IngestLock): Promise<void> {
  const building = keys.building(version, lock?.run ?? '');
  const names = [building, keys.graph(version), keys.active, keys.previous, keys.lock];
  const values = [version, lock?.token ?? '', lock ? 'yes' : 'no'];
  await store.send(['EVAL', ACTIVATE, String(names.length), ...names, ...values]);
}
