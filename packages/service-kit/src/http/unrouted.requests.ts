import type { ProblemError } from '../problem/problem.error.ts';

/** What a service adds to the answers to requests that reach no route, and so none of its hooks. */
export interface UnroutedGuard {
  /** Counts a request of this address. @returns the problem to answer with when it is one too many */
  admit(address: string): ProblemError | undefined;
  /** The headers of the answer: names and values alternate. */
  headers(): readonly string[];
}

/** Requests that reach no route: malformed HTTP, a broken percent-encoding, time-outs of the socket. */
export class UnroutedRequests {
  #guard: UnroutedGuard | undefined;

  guardWith(guard: UnroutedGuard): void {
    this.#guard = guard;
  }

  /** The problem to answer with: the given one, unless the address sent too many. */
  judge(problem: ProblemError, address: string | undefined): ProblemError {
    return (address !== undefined && this.#guard?.admit(address)) || problem;
  }

  get headers(): readonly string[] {
    return this.#guard?.headers() ?? [];
  }
}
