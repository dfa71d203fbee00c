export type { EnvironmentStatus, ProcessState, ProcessStatus } from './environment.status.ts';
export type {
  Environment,
  JobReporter,
  LogOptions,
  ScratchStore,
} from './environment.ts';
export type { Release } from './release.ts';
export { releaseBefore } from './release.ts';
