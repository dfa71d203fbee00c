export type ProcessState =
  | 'ready'
  | 'not ready'
  | 'starting'
  | 'waiting'
  | 'stopped'
  /** Not ours to start: the operator's environment names its address. */
  | 'external'
  /** Of a supervisor that was killed. */
  | 'left over'
  /** A job at work, that did its work, or that did not: in a cluster, which keeps them for a while. */
  | 'running'
  | 'completed'
  | 'failed';

/** One running store, service or job. */
export interface ProcessStatus {
  name: string;
  state: ProcessState;
  pid?: number;
  port?: number;
  /** Seconds since it was started last. */
  uptime?: number;
  /** Resident memory in bytes, its children included; pages shared by several processes are split among them. */
  memory?: number;
  /** How often it was started again. */
  restarts: number;
  /** How many of it are ready, and how many should be: where it may run more than once. */
  instances?: { ready: number; wanted: number };
  /** Why it is not ready, as far as who runs it says so. */
  reason?: string;
}

export interface EnvironmentStatus {
  /** Whether somebody supervises it, who starts again what falls. */
  running: boolean;
  /** Whether all that should run is ready. */
  ready: boolean;
  /** Where to read. */
  origin?: string;
  /** The process that supervises, on one machine. */
  supervisor?: number;
  processes: readonly ProcessStatus[];
}
