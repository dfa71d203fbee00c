/** Of one caller, in each window: so many refusals are given at once, and so many more after a wait. */
const atOnce = 10;
const late = 640;
const windowMs = 10_000;
const waitMs = 1000;

/**
 * Refuses at once who is refused now and then. Who goes on asking is kept waiting for the refusal: a program that asks
 * again as soon as it is answered would otherwise make the gateway refuse and do nothing else. Whoever asks even more
 * than that is refused at once again, so that nothing piles up.
 */
export class LateRefusals {
  #window = 0;
  /** Refusals of each caller in this window. */
  readonly #given = new Map<string, number>();

  refuse(key: string, answer: () => void): void {
    const window = Math.floor(Date.now() / windowMs);
    if (window !== this.#window) this.#given.clear();
    this.#window = window;
    const given = this.#given.get(key) ?? 0;
    this.#given.set(key, given + 1);
    if (given < atOnce || given >= atOnce + late) answer();
    else setTimeout(answer, waitMs);
  }
}
