export { type ChildOptions, type Exit, type RunningChild, spawnChild } from './child.process.ts';
export { descendants } from './descendants.process.ts';
export { type ComposeProject, compose, missingImages } from './docker.compose.ts';
export { endProcess } from './end.process.ts';
export { acquireLock, type FileLock, lockHolder } from './file.lock.ts';
export {
  type FollowedGl,
  followGl,
  type GlOptions,
  type GlResult,
  glLauncher,
  runGl,
  spawnGl,
} from './gl.process.ts';
export type { PortHolder } from './holder.port.ts';
export { identify, isAlive, ownIdentity, type ProcessIdentity } from './identity.process.ts';
export { memoryOf } from './memory.process.ts';
export { endWithOwner, ownedByThisProcess } from './owner.process.ts';
export { keepLow, lowerPriority } from './priority.process.ts';
export { assertPortFree, freePort } from './probe.port.ts';
export { LockedError, PortBusyError } from './process.error.ts';
export { onPort } from './take.port.ts';
export { processesOf, type TracedProcess } from './trace.process.ts';
