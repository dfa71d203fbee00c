export { recordedStore } from './data/data.folder.ts';
export { startScratch } from './data/scratch.store.ts';
export { readSecret, readStoreSecret } from './data/secret.file.ts';
export { type EngineFinding, inspectEngines } from './engine/engine.inspect.ts';
export { startPostgres } from './postgres/postgres.store.ts';
export { startFalkor } from './redis/falkor.store.ts';
export { startRedis } from './redis/redis.store.ts';
export { EngineVersionError, UnreadableDataError } from './store.error.ts';
export type { RunningStore, StoreOptions } from './store.types.ts';
