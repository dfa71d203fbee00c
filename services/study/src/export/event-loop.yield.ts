import { setImmediate as yieldToEventLoop } from 'node:timers/promises';

/** How long one request may compute before it yields to others, ms. */
const sliceMs = 10;

/** Lets other requests run during a long computation. */
export class EventLoopYield {
  #since = performance.now();

  /** Yields to the event loop when the time slice is used up. */
  async ifDue(): Promise<void> {
    if (performance.now() - this.#since < sliceMs) return;
    await yieldToEventLoop();
    this.#since = performance.now();
  }
}
