import type { Exit } from '@gospelib/processes';

export interface StoreOptions {
  /** The store's own folder: created if missing, used by one process at a time. */
  dataDir: string;
  /** 0 or undefined: a free one. */
  port?: number | undefined;
  /** Called with each line that the store writes. */
  log?: ((line: string) => void) | undefined;
  /** Whether data survives a restart, default true. False is for tests: faster, nothing is stored. */
  persistence?: boolean | undefined;
}

/** A store that answers and is known to be the process that we started. */
export interface RunningStore {
  /** Includes the secret: for services, never for logs. */
  url: string;
  port: number;
  pid: number;
  dataDir: string;
  /** Resolves when the store's process ends, for whatever reason. */
  exited: Promise<Exit>;
  /** Whether it answers in so many milliseconds. */
  answers(timeoutMs: number): Promise<boolean>;
  /** Shuts it down, and kills it if that fails. Safe to call twice. */
  stop(): Promise<void>;
}
