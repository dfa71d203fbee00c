export { recordedStore } from './data/data.folder.ts';
export { startScratch } from './data/scratch.store.ts';
export { readSecret, readStoreSecret } from './data/secret.file.ts';
export { type EngineFinding, inspectEngines } from './engine/engine.inspect.ts';
export { describeHolder, type PortHolder, portHolder } from './port/holder.port.ts';
export { assertPortFree, freePort } from './port/probe.port.ts';
export { startPostgres } from './postgres/postgres.store.ts';
export {
  type ChildOptions,
  type Exit,
  type RunningChild,
  spawnChild,
} from './process/child.process.ts';
export { descendants } from './process/descendants.process.ts';
export { endProcess } from './process/end.process.ts';
export { acquireLock, type FileLock, lockHolder } from './process/file.lock.ts';
export {
  identify,
  isAlive,
  ownIdentity,
  type ProcessIdentity,
} from './process/identity.process.ts';
export { startFalkor } from './redis/falkor.store.ts';
export { startRedis } from './redis/redis.store.ts';
export {
  EngineVersionError,
  LockedError,
  PortBusyError,
  StoreError,
  UnreadableDataError,
} from './store.error.ts';
export type { RunningStore, StoreOptions } from './store.types.ts';
