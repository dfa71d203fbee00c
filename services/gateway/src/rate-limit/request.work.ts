import type { Turn } from './work.budget.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined for an unknown caller. */
    work: RequestWork | undefined;
  }
}

/** What a service and this gateway need for so many bytes, to make and to pass on, is about a millisecond. */
const bytesPerMs = 64 * 1024;

/** What is done for one request of an account. */
export class RequestWork {
  readonly #turn: Turn;
  #bytes = 0;
  #isServing = false;
  #isClosed = false;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  /** A service has it. @param streams its body arrives while it is there: nothing else of the account waits for that */
  begin(streams: boolean): void {
    this.#isServing = true;
    if (streams) this.#turn.served(0);
  }

  /** The service is through with it. @param ms what it took, as the service tells it */
  served(ms: number): void {
    if (!this.#isServing) return;
    this.#isServing = false;
    this.#turn.served(ms);
    if (this.#isClosed) this.#turn.end(0);
  }

  /** Bytes of the answer that were passed on. */
  pass(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Its caller has the answer, or is gone. What a service does for somebody who is gone counts all the same. */
  close(): void {
    this.#isClosed = true;
    if (!this.#isServing) this.#turn.end(this.#bytes / bytesPerMs);
  }
}
