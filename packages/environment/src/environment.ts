import type { Progress } from '@gospelib/cli-kit';
import type { StoreName } from '@gospelib/platform';
import type { RememberedCorpus } from './corpus.memory.ts';
import type { EnvironmentStatus } from './environment.status.ts';
import type { RecoveryHolder, RecoveryLock } from './recovery.lock.ts';
import type { Release } from './release.ts';
import type { StoragePlace } from './storage.place.ts';

/** An empty store, where a backup is restored to be verified; `stop()` removes it. */
export interface ScratchStore {
  url: string;
  stop(): Promise<void>;
}

/** Where backups go. */
export interface BackupPlace {
  /** A folder, `file://…`, `s3://…`. */
  address: string;
  /** What it takes to reach it. */
  settings: NodeJS.ProcessEnv;
  /** Keys that open what is encrypted, where the environment keeps them and the settings do not say. */
  identities?(): Promise<string | undefined>;
}

export interface JobReporter {
  say(line: string): void;
  progress(progress: Progress): void;
}

export interface LogOptions {
  /** How many of the last lines. */
  lines: number;
  /** Goes on with new lines until the signal. */
  follow?: AbortSignal;
}

/**
 * Where the platform runs: this machine, or a cluster. What is done with data, and how it is recovered, stands on this
 * alone, so that it is done the same way everywhere.
 */
export interface Environment {
  /** As `--env` chooses it: `local`. */
  readonly name: string;
  /** Where it is, for people. */
  readonly place: string;

  /** What runs and whether it answers. Never rejects for what is merely away. */
  status(): Promise<EnvironmentStatus>;
  /** Starts all of it. @throws OperatorError that says what did not start */
  start(): Promise<void>;
  /** Ends all of it. */
  stop(): Promise<void>;
  /** Ends one process and waits until it is ready again. @throws OperatorError */
  restart(process: string): Promise<void>;

  /** What ran here, the newest first; empty when nothing was noted. */
  releases(): Promise<readonly Release[]>;
  /** Puts a release in the place of the one that runs. @throws OperatorError when it is not there any more */
  rollOut(release: Release): Promise<void>;
  /** The folder with the migrations of a schema: those of the release that runs, or of the code that asks. */
  migrations(schema: string, of: 'running' | 'own'): Promise<string>;

  /** Where a store answers its owner, secret included. @throws OperatorError when none was ever started */
  storeAddress(store: StoreName): Promise<string>;
  /** Does something with a store that runs, or that is started for it and ended afterwards. */
  withStore<T>(store: StoreName, work: (address: string) => Promise<T>): Promise<T>;
  /** An empty store of the same version. It leaves the machine to whoever serves readers. */
  scratchStore(store: 'falkordb' | 'postgresql'): Promise<ScratchStore>;

  /** A secret of the catalogue. */
  secret(name: string): Promise<string>;
  /** Whether another value of it is kept, with which the platform was ready. */
  isSecretKept(name: string): Promise<boolean>;
  /** Puts the kept value in its place; services are told at their next start. @throws Error when none is kept */
  restoreSecret(name: string): Promise<void>;
  /** The value by which a service is told of itself: what a job of its code needs. */
  serviceEnvironment(service: string): Promise<NodeJS.ProcessEnv>;
  backups(): BackupPlace;
  /** Where data and backups are written to disks of this environment; none where others look after them. */
  storagePlaces(): Promise<readonly StoragePlace[]>;
  /**
   * Takes the lock of recovery, or says who holds it. One that a dead process left is taken over.
   * @throws Error when it cannot be written down
   */
  lockRecovery(): Promise<RecoveryLock | RecoveryHolder>;
  /** Where incidents are written down. */
  readonly recordFolder: string;

  /** Runs a job of the catalogue to its end, with flags of its own. @throws OperatorError with its last words */
  runJob(job: string, reporter: JobReporter, flags?: readonly string[]): Promise<void>;
  /** What was the active corpus, as far as it is remembered outside the graph store. */
  rememberedCorpus(): Promise<RememberedCorpus | undefined>;
  /** Asks a process on its private port, for instance `/metrics`. Rejects when it does not answer. */
  ask(service: string, path: string): Promise<Response>;
  /** Prints the log of a process, or of all, each line with its name. */
  logs(process: string | undefined, options: LogOptions): Promise<void>;
}
