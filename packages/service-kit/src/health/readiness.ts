/**
 * Resolves when what it checks works; a rejection or a timeout means that it does not. An error with a text `reason` says
 * it to whoever asks `/ready`, so it holds no secret; the texts of other errors stay in the log.
 */
export type ReadinessCheck = (signal: AbortSignal) => Promise<unknown>;

export interface FailedCheck {
  name: string;
  /** `failed`, `timed out`, `shutting down`, or a sentence of the check. */
  reason: string;
  cause?: unknown;
}

export interface CheckOptions {
  /** How long a success is reused, ms, for a check that costs something. Default 0. */
  keepFor?: number;
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

  add(name: string, check: ReadinessCheck, { keepFor = 0 }: CheckOptions = {}): void {
    this.#checks.set(name, keepFor > 0 ? reusing(check, keepFor) : check);
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

/** A success is remembered, a failure never, so that recovery is noticed at once. */
function reusing(check: ReadinessCheck, keepFor: number): ReadinessCheck {
  let goodUntil = Number.NEGATIVE_INFINITY;
  return async (signal) => {
    if (performance.now() < goodUntil) return;
    await check(signal);
    goodUntil = performance.now() + keepFor;
  };
}

function reasonOf(cause: unknown): string {
  const reason = cause instanceof Error && 'reason' in cause ? cause.reason : undefined;
  return typeof reason === 'string' ? reason : 'failed';
}

async function runCheck(name: string, check: ReadinessCheck): Promise<FailedCheck | undefined> {
  const abort = new AbortController();
  const { promise: timeout, resolve } = Promise.withResolvers<FailedCheck>();
  const timer = setTimeout(() => resolve({ name, reason: 'timed out' }), checkTimeout);
  const answer = Promise.try(check, abort.signal).then(
    () => undefined,
    (cause: unknown): FailedCheck => ({ name, reason: reasonOf(cause), cause }),
  );
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}
