import { setImmediate } from 'node:timers/promises';

/** How long one request may compute before others have their turn, ms. */
const longest = 10;

/** Where much is computed in a row: lets other requests in between. */
export class Turns {
  #since = performance.now();

  async next(): Promise<void> {
    if (performance.now() - this.#since < longest) return;
    await setImmediate();
    this.#since = performance.now();
  }
}
