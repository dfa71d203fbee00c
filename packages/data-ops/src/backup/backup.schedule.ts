import {
  type BackupKind,
  type BackupManifest,
  type BackupSurvey,
  lastVerified,
} from '@gospelib/backup';

const HOUR_MS = 60 * 60 * 1000;
const LOOK_MS = HOUR_MS;

/** How many times as old a backup may become: the graph can be made anew from its sources. */
const ageFactor: Readonly<Record<BackupKind, number>> = { database: 1, graph: 7 };

/** How long ago a backup may have been verified. One at a time is verified again, so that a machine is never busy with it for long. */
const VERIFIED_MS = 7 * 24 * HOUR_MS;

export interface BackupWork {
  /** How old the last verified backup of the database may become; 0: nothing is done by itself. */
  hours: number;
  /** The backups that there are. */
  survey(): Promise<BackupSurvey>;
  /** Whether there is anything to back up. */
  holds(kind: BackupKind): Promise<boolean>;
  /** Takes one and verifies it; rejects with what went wrong, and ends early when it is no longer wanted. */
  take(kind: BackupKind, signal: AbortSignal): Promise<void>;
  /** Verifies one again by restoring it, and remembers what came of it; rejects and ends early as `take`. */
  verify(kind: BackupKind, id: string, signal: AbortSignal): Promise<void>;
  /** Told after each look what there is now, for metrics. */
  note(survey: BackupSurvey): void;
  say(line: string): void;
}

/**
 * Takes backups by itself while the platform runs, and verifies old ones again: looks at the start and each hour what is due.
 */
export class BackupSchedule {
  readonly #work: BackupWork;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  constructor(work: BackupWork) {
    this.#work = work;
  }

  /** At the start only the database: nothing must be slower than it needs to be for what can be derived again, or can wait. */
  start(): void {
    if (this.#work.hours === 0) return;
    this.#look(['database'], false);
    this.#timer = setInterval(() => this.#look(['database', 'graph'], true), LOOK_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#looking;
  }

  #look(kinds: readonly BackupKind[], verifying: boolean): void {
    this.#looking ??= this.#doDue(kinds, verifying).finally(() => {
      this.#looking = undefined;
    });
  }

  async #doDue(kinds: readonly BackupKind[], verifying: boolean): Promise<void> {
    for (const kind of kinds) {
      await this.#trying(`the backup of the ${kind} that was due`, () => this.#takeDue(kind));
    }
    if (verifying) {
      await this.#trying('the weekly verification of a backup', () => this.#verifyDue());
    }
    await this.#trying('looking at the backups', async () =>
      this.#work.note(await this.#work.survey()),
    );
  }

  /** What fails is told, and tried again within the hour. */
  async #trying(what: string, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#stopping;
    if (signal.aborted) return;
    try {
      await work();
    } catch (error) {
      if (signal.aborted) return;
      const { message } = error as Error;
      this.#work.say(`${what} failed, and is tried again within the hour: ${message}`);
    }
  }

  async #takeDue(kind: BackupKind): Promise<void> {
    const limit = Date.now() - this.#work.hours * ageFactor[kind] * HOUR_MS;
    const last = lastVerified((await this.#work.survey()).whole, kind);
    if (last !== undefined && Date.parse(last.createdAt) > limit) return;
    if (!(await this.#work.holds(kind))) return;
    await this.#work.take(kind, this.#stopping.signal);
    this.#work.say(`a backup of the ${kind} is taken and verified`);
  }

  async #verifyDue(): Promise<void> {
    const [due] = verifiedLongAgo((await this.#work.survey()).whole, Date.now() - VERIFIED_MS);
    if (due === undefined) return;
    await this.#work.verify(due.kind, due.id, this.#stopping.signal);
    this.#work.say(`${due.id} was restored and verified again`);
  }
}

/** The one that waited longest comes first. */
function verifiedLongAgo(backups: readonly BackupManifest[], limit: number): BackupManifest[] {
  const at = ({ verified }: BackupManifest) => Date.parse(verified?.at ?? '');
  return backups.filter((one) => at(one) < limit).sort((a, b) => at(a) - at(b));
}
