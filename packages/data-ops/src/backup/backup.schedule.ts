import { type BackupKind, type BackupManifest, lastVerified } from '@gospelib/backup';

const HOUR_MS = 60 * 60 * 1000;
const LOOK_MS = HOUR_MS;

/** How many times as old a backup may become: the graph can be made anew from its sources. */
const ageFactor: Readonly<Record<BackupKind, number>> = { database: 1, graph: 7 };

export interface BackupWork {
  /** How old the last verified backup of the database may become; 0: nothing is done by itself. */
  hours: number;
  /** The backups that there are. */
  list(): Promise<readonly BackupManifest[]>;
  /** Whether there is anything to back up. */
  holds(kind: BackupKind): Promise<boolean>;
  /** Takes one and verifies it; rejects with what went wrong, and ends early when it is no longer wanted. */
  take(kind: BackupKind, signal: AbortSignal): Promise<void>;
  say(line: string): void;
}

/** Takes backups by itself while the platform runs: looks at the start and each hour whether one is due. */
export class BackupSchedule {
  readonly #work: BackupWork;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  constructor(work: BackupWork) {
    this.#work = work;
  }

  /** At the start only the database: nothing must be slower than it needs to be for what can be derived again. */
  start(): void {
    if (this.#work.hours === 0) return;
    this.#look(['database']);
    this.#timer = setInterval(() => this.#look(['database', 'graph']), LOOK_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#looking;
  }

  #look(kinds: readonly BackupKind[]): void {
    this.#looking ??= this.#takeDue(kinds).finally(() => {
      this.#looking = undefined;
    });
  }

  async #takeDue(kinds: readonly BackupKind[]): Promise<void> {
    const { signal } = this.#stopping;
    for (const kind of kinds) {
      try {
        if (signal.aborted || !(await this.#isDue(kind))) continue;
        await this.#work.take(kind, signal);
        this.#work.say(`a backup of the ${kind} is taken and verified`);
      } catch (error) {
        if (signal.aborted) return;
        this.#work.say(
          `the backup of the ${kind} that was due failed, and is tried again within the hour: ${(error as Error).message}`,
        );
      }
    }
  }

  async #isDue(kind: BackupKind): Promise<boolean> {
    const limit = Date.now() - this.#work.hours * ageFactor[kind] * HOUR_MS;
    const last = lastVerified(await this.#work.list(), kind);
    if (last !== undefined && Date.parse(last.createdAt) > limit) return false;
    return this.#work.holds(kind);
  }
}
