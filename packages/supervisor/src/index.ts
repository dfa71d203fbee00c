export { type ComposeOptions, composePlatform } from './compose/compose.platform.ts';
export {
  folders,
  type LocalConfig,
  type LocalOptions,
  originOf,
  readLocalConfig,
} from './config/local.config.ts';
export { portIn } from './config/port.choice.ts';
export type { Finding } from './doctor/finding.ts';
export { examineMachine } from './doctor/machine.examination.ts';
export { LocalEnvironment } from './local.environment.ts';
export { logNames } from './log/local.logs.ts';
export { type SupervisorMessage, startDetached } from './platform/detached.supervisor.ts';
export { findLeftovers, runningOrigin, runningSupervisor } from './platform/leftovers.ts';
export { LocalPlatform, type PlatformData } from './platform/local.platform.ts';
export { stopPlatform } from './platform/local.stop.ts';
export { startedHere } from './platform/port.check.ts';
export { noteAgent } from './services/agent.note.ts';
export { ingestFolder } from './services/ingest.job.ts';
