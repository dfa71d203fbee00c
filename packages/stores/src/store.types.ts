import type { Exit } from '@gospelib/processes';

export interface StoreOptions {
  /** The store's own folder; made when it is missing, held by one process at a time. */
  dataDir: string;
  /** 0 or nothing: a free one. */
  port?: number | undefined;
  /** Receives each line the store writes. */
  log?: ((line: string) => void) | undefined;
  /** Whether what is written survives a restart. Off is for tests: faster, nothing is kept. Default on. */
  persistence?: boolean | undefined;
}

/** A store that answers, and that is known to be the one we started. */
export interface RunningStore {
  /** With the secret: for services, never for logs. */
  url: string;
  port: number;
  pid: number;
  dataDir: string;
  /** Resolves when the store's process ends, for whatever reason. */
  exited: Promise<Exit>;
  /** Ends it in order, by force when it does not. Safe to call twice. */
  stop(): Promise<void>;
}
