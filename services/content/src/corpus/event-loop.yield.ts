import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long a piece of work may hold the event loop before it lets requests through, ms. */
const TURN_MS = 8;

/** Visits 0 up to `count`, in pieces between which a running service goes on answering. */
export async function inTurns(count: number, visit: (at: number) => void): Promise<void> {
  let turnEnds = performance.now() + TURN_MS;
  for (let at = 0; at < count; at += 1) {
    visit(at);
    if (at % 64 === 0 && performance.now() > turnEnds) {
      await nextTurn();
      turnEnds = performance.now() + TURN_MS;
    }
  }
}
