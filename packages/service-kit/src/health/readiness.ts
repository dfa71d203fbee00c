/** Resolves when the dependency answers; a rejection or a timeout means that it does not. */
export type ReadinessCheck = (signal: AbortSignal) => Promise<unknown>;

export interface FailedCheck {
  name: string;
  reason: 'failed' | 'timed out' | 'shutting down';
  cause?: unknown;
}

/** How long a result is reused, ms, so that frequent probes do not burden the stores. */
const freshFor = 200;

/** A check that takes longer has failed, ms. */
const checkTimeout = 1000;

/** The checks that must pass before this service should receive requests. They fail from the start of a shutdown. */
export class Readiness {
  readonly #checks = new Map<string, ReadinessCheck>();
  #running: Promise<FailedCheck[]> | undefined;
  #closing = false;

  get names(): string[] {
    return [...this.#checks.keys()];
  }

  add(name: string, check: ReadinessCheck): void {
    this.#checks.set(name, check);
  }

  shutDown(): void {
    this.#closing = true;
  }

  /** The failing checks; callers within a short time share one run. */
  failures(): Promise<FailedCheck[]> {
    if (this.#closing) return Promise.resolve([{ name: 'service', reason: 'shutting down' }]);
    if (this.#running === undefined) {
      this.#running = this.#run().finally(() => {
        setTimeout(() => {
          this.#running = undefined;
        }, freshFor).unref();
      });
    }
    return this.#running;
  }

  async #run(): Promise<FailedCheck[]> {
    const runs = [...this.#checks].map(([name, check]) => runCheck(name, check));
    return (await Promise.all(runs)).filter((failure) => failure !== undefined);
  }
}

async function runCheck(name: string, check: ReadinessCheck): Promise<FailedCheck | undefined> {
  const abort = new AbortController();
  const { promise: timeout, resolve } = Promise.withResolvers<FailedCheck>();
  const timer = setTimeout(() => resolve({ name, reason: 'timed out' }), checkTimeout);
  const answer = Promise.try(check, abort.signal).then(
    () => undefined,
    (cause: unknown): FailedCheck => ({ name, reason: 'failed', cause }),
  );
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}
