import { setTimeout as sleep } from 'node:timers/promises';
import { descendants, type Exit, identify, type ProcessIdentity } from '@gospelib/processes';
import type { ProcessRecord, RecordedState } from '../platform/run.state.ts';
import { backoff, countFalls } from './backoff.ts';
import { type HangTimes, watchForHang } from './hang.watch.ts';

/** A store or service that runs and answers. */
export interface RunningProcess {
  pid: number;
  exited: Promise<Exit>;
  /** Whether it answers in so many milliseconds; without it, it is watched for its end alone. */
  answers?(timeoutMs: number): Promise<boolean>;
  stop(): Promise<void>;
}

export interface SupervisedOptions {
  name: string;
  port: number;
  /**
   * Starts it and resolves when it answers; rejects, with nothing left running, when it does not
   * or when `signal` says that it is no longer wanted. Calls `started` as soon as there is a process.
   */
  start(started: (process: ProcessIdentity) => void, signal: AbortSignal): Promise<RunningProcess>;
  /** Called with what a person should know. */
  say(line: string): void;
  changed(): void;
  /** How long it may be silent; for tests. */
  hangTimes?: HangTimes;
}

/** A process under supervision: when it dies it is started again (when it hangs it is ended first), after a longer wait each time, until it is stopped. */
export class SupervisedProcess {
  readonly #options: SupervisedOptions;
  readonly #stopping = new AbortController();
  #running: RunningProcess | undefined;
  #loop: Promise<void> | undefined;
  #state: RecordedState = 'stopped';
  #process: ProcessIdentity | undefined;
  #since = new Date();
  #restarts = 0;

  constructor(options: SupervisedOptions) {
    this.#options = options;
  }

  get record(): ProcessRecord {
    return {
      name: this.#options.name,
      state: this.#state,
      ...(this.#process === undefined ? {} : { process: this.#process }),
      port: this.#options.port,
      since: this.#since.toISOString(),
      restarts: this.#restarts,
    };
  }

  /** The first start: what fails here fails the whole. */
  async start(): Promise<void> {
    const first = this.#launch();
    this.#loop = first.then(
      () => this.#supervise(),
      () => undefined, // the caller is told by `first`
    );
    await first;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running?.stop();
    await this.#loop;
    this.#change('stopped', undefined);
  }

  async #launch(): Promise<void> {
    this.#change('starting', undefined);
    const { signal } = this.#stopping;
    const running = await this.#options.start(
      (process) => this.#change('starting', process),
      signal,
    );
    this.#running = running;
    this.#change('running', identify(running.pid));
    void this.#watch(running);
    if (signal.aborted) await running.stop();
  }

  /** Ends what hangs, with everything that it has started: then it is started again as what died. */
  async #watch({ pid, answers, exited }: RunningProcess): Promise<void> {
    if (answers === undefined) return;
    const over = new AbortController();
    void exited.then(() => over.abort());
    const silent = (is: boolean) => {
      this.#state = is ? 'silent' : 'running';
      this.#options.changed();
    };
    const signal = AbortSignal.any([over.signal, this.#stopping.signal]);
    const seconds = await watchForHang({ pid, answers }, silent, signal, this.#options.hangTimes);
    if (seconds === undefined) return;
    const { name, say } = this.#options;
    say(
      `${name} (process ${pid}) has not answered for ${Math.round(seconds)} s: it hangs, and is killed`,
    );
    for (const one of [pid, ...descendants(pid)]) kill(one);
  }

  async #supervise(): Promise<void> {
    let falls = 0;
    while (!this.#stopping.signal.aborted) {
      const exit = await this.#running?.exited;
      if (this.#stopping.signal.aborted) return;
      let reason = `ended (${describeExit(exit)})`;
      falls = countFalls(falls, Date.now() - this.#since.getTime());
      this.#running = undefined;
      while (this.#running === undefined && !this.#stopping.signal.aborted) {
        if (!(await this.#wait(reason, falls))) return;
        try {
          this.#restarts += 1;
          await this.#launch();
          this.#options.say(`${this.#options.name} runs again`);
        } catch (error) {
          reason = `could not be started: ${(error as Error).message}`;
          falls += 1;
        }
      }
    }
  }

  /** Says what happened and waits; false when it is to stop instead. */
  async #wait(reason: string, falls: number): Promise<boolean> {
    const delay = backoff(falls);
    this.#change('waiting', undefined);
    this.#options.say(`${this.#options.name} ${reason}; starting it again in ${delay / 1000} s`);
    try {
      await sleep(delay, undefined, { signal: this.#stopping.signal });
      return true;
    } catch {
      return false;
    }
  }

  #change(state: RecordedState, process: ProcessIdentity | undefined): void {
    this.#state = state;
    this.#process = process;
    this.#since = new Date();
    this.#options.changed();
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function describeExit(exit: Exit | undefined): string {
  return exit?.signal ?? `exit code ${exit?.code}`;
}
