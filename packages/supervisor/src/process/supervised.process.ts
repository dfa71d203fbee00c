import { setTimeout as sleep } from 'node:timers/promises';
import { type Exit, identify, type ProcessIdentity } from '@gospelib/processes';
import type { ProcessRecord, RecordedState } from '../platform/run.state.ts';
import { backoff, countFalls } from './backoff.ts';

/** A store or service that runs and answers. */
export interface RunningProcess {
  pid: number;
  exited: Promise<Exit>;
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
}

/** A process under supervision: when it dies it is started again, after a longer wait each time, until it is stopped. */
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
    if (signal.aborted) await running.stop();
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

function describeExit(exit: Exit | undefined): string {
  return exit?.signal ?? `exit code ${exit?.code}`;
}
