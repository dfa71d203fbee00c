import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 100;
const TIMEOUT_MS = 2_000;

/** What a reader got: the version that answered, or nothing that was right. */
export interface Answer {
  /** Milliseconds on the clock of `performance`. */
  at: number;
  version: string;
  isRight: boolean;
}

/** Reads ten times a second until it is stopped. */
export class ReaderLoad {
  readonly answers: Answer[] = [];
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;

  constructor(origin: string) {
    this.#running = this.#run(origin);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  get wrong(): readonly Answer[] {
    return this.answers.filter(({ isRight }) => !isRight);
  }

  async #run(origin: string): Promise<void> {
    const pending = new Set<Promise<void>>();
    while (!this.#stop.signal.aborted) {
      const one = this.#ask(origin).finally(() => pending.delete(one));
      pending.add(one);
      await sleep(EVERY_MS);
    }
    await Promise.all(pending);
  }

  async #ask(origin: string): Promise<void> {
    const at = performance.now();
    try {
      const response = await fetch(`${origin}/api/v1/chapters/alma.32`, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.text();
      const version = response.headers.get('x-version') ?? '';
      this.answers.push({ at, version, isRight: response.status === 200 });
    } catch {
      this.answers.push({ at, version: '', isRight: false });
    }
  }
}
