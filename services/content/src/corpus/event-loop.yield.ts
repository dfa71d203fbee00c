import { setImmediate as yieldToEventLoop } from 'node:timers/promises';

/** How long a piece of work may hold the event loop before it yields to requests, ms. */
const SLICE_MS = 8;

/** Visits 0 up to `count` and yields to the event loop in between, so that a running service goes on answering. */
export async function forEachYielding(count: number, visit: (at: number) => void): Promise<void> {
  let sliceEnds = performance.now() + SLICE_MS;
  for (let at = 0; at < count; at += 1) {
    visit(at);
    if (at % 64 === 0 && performance.now() > sliceEnds) {
      await yieldToEventLoop();
      sliceEnds = performance.now() + SLICE_MS;
    }
  }
}
