/** The least that must move: a slot is not held by somebody who hardly uses it. */
export interface MinimumRate {
  bytes: number;
  everyMs: number;
}

/** Slower than any line that people read with: about 6 KiB a second. */
export const slowest: MinimumRate = { bytes: 64 * 1024, everyMs: 10_000 };

/** Calls `onSlow` once when less than the minimum was counted in an interval. Stop it in the end. */
export class RateWatch {
  readonly #timer: NodeJS.Timeout;
  #moved = 0;

  constructor({ bytes, everyMs }: MinimumRate, onSlow: () => void) {
    this.#timer = setInterval(() => {
      if (this.#moved < bytes) {
        this.stop();
        onSlow();
      }
      this.#moved = 0;
    }, everyMs);
  }

  count(bytes: number): void {
    this.#moved += bytes;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
