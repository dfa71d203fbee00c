import { ProblemError } from '../problem/problem.error.ts';

export interface SlotLimits {
  /** Of one user; further ones of theirs wait. */
  perUser: number;
  /** Of all users together; no limit by default. */
  atOnce?: number;
  /** How many of one user may wait beyond `perUser`, whether those run or wait for others' themselves. */
  waiting: number;
  /** How long to wait, ms. */
  patienceMs: number;
  /**
   * Work that took longer than `afterMs` is followed by a rest of its user's slot, so many times what it took beyond
   * that: who asks for long work without a pause has only a part of what a slot could do. No rest by default.
   */
  rest?: { afterMs: number; times: number };
  /** Called with how long a slot was held, ms, when it is given back. */
  onHeld?: (userId: string, ms: number) => void;
}

/** What one user does or rests from, and what of theirs waits. */
interface Line {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * Slots for work on what all users share. Each user has a few and a line of their own, and the lines take turns: who
 * asks for much waits behind themselves, not in front of others.
 */
export class Slots {
  readonly #what: string;
  readonly #limits: Required<SlotLimits>;
  /** The users who run or wait for something; the next to be served is first. */
  readonly #lines = new Map<string, Line>();
  #running = 0;

  /** @param what plural, as in "so many … at once" */
  constructor(what: string, limits: SlotLimits) {
    this.#what = what;
    this.#limits = {
      atOnce: Number.POSITIVE_INFINITY,
      rest: { afterMs: 0, times: 0 },
      onHeld: () => undefined,
      ...limits,
    };
  }

  /** @throws ProblemError too-many-requests when the user's line is too long; unavailable when it does not move */
  async run<T>(userId: string, work: () => Promise<T>): Promise<T> {
    const release = await this.enter(userId);
    try {
      return await work();
    } finally {
      release();
    }
  }

  /** Waits for a slot. @returns gives it back; call it once @throws as `run` */
  async enter(userId: string): Promise<() => void> {
    const line = this.#lines.get(userId) ?? { running: 0, waiting: [] };
    this.#lines.set(userId, line);
    if (!this.#hasRoom(line)) await this.#wait(userId, line);
    else this.#start(line);
    const { afterMs, times } = this.#limits.rest;
    const start = performance.now();
    return () => {
      const held = performance.now() - start;
      this.#limits.onHeld(userId, held);
      this.#running -= 1;
      const rest = (held - afterMs) * times;
      if (rest > 0) {
        setTimeout(() => this.#leave(userId, line), rest).unref();
        this.#serve();
      } else this.#leave(userId, line);
    };
  }

  #leave(userId: string, line: Line): void {
    line.running -= 1;
    this.#forgetIdle(userId, line);
    this.#serve();
  }

  #forgetIdle(userId: string, line: Line): void {
    if (line.running + line.waiting.length === 0) this.#lines.delete(userId);
  }

  #hasRoom(line: Line): boolean {
    return line.running < this.#limits.perUser && this.#running < this.#limits.atOnce;
  }

  #start(line: Line): void {
    line.running += 1;
    this.#running += 1;
  }

  async #wait(userId: string, line: Line): Promise<void> {
    const { perUser, waiting, patienceMs } = this.#limits;
    if (line.running + line.waiting.length >= perUser + waiting) throw this.#tooMany();
    const turn = Promise.withResolvers<void>();
    line.waiting.push(turn.resolve);
    const timer = setTimeout(() => {
      line.waiting.splice(line.waiting.indexOf(turn.resolve), 1);
      this.#forgetIdle(userId, line);
      const detail = `The ${this.#what} before this one take long.`;
      turn.reject(new ProblemError('unavailable', detail, { retryAfter: 2 }));
    }, patienceMs);
    await turn.promise.finally(() => clearTimeout(timer));
  }

  /** Gives free slots to the lines in turns. */
  #serve(): void {
    // A line that was served is put at the end, where this loop meets it again: all free slots are given away.
    for (const [userId, line] of this.#lines) {
      if (line.waiting.length === 0 || !this.#hasRoom(line)) continue;
      this.#start(line);
      this.#lines.delete(userId);
      this.#lines.set(userId, line);
      line.waiting.shift()?.();
    }
  }

  #tooMany(): ProblemError {
    const detail = `At most ${this.#limits.perUser} ${this.#what} at once; wait for the others.`;
    return new ProblemError('too-many-requests', detail, { retryAfter: 1 });
  }
}
