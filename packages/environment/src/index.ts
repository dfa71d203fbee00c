export type { Edition, RememberedCorpus } from './corpus.memory.ts';
export type { EnvironmentStatus, ProcessState, ProcessStatus } from './environment.status.ts';
export type {
  BackupPlace,
  Environment,
  JobReporter,
  LogOptions,
  ScratchStore,
} from './environment.ts';
export type { RecoveryHolder, RecoveryLock } from './recovery.lock.ts';
export type { Release } from './release.ts';
export { releaseBefore } from './release.ts';
export type { StoragePlace } from './storage.place.ts';
