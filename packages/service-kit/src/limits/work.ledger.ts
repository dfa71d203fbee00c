import type { FastifyRequest } from 'fastify';
import type { Service } from '../service/service.types.ts';

/**
 * Tells the gateway, with each answer, how long the service worked for its caller since it last did, ms. The gateway
 * takes it from the caller's budget and passes it on to nobody.
 */
export const workHeader = 'x-work-ms';

/** What was done for each user, until it is told. */
export class WorkLedger {
  readonly #done = new Map<string, number>();

  add(userId: string, ms: number): void {
    this.#done.set(userId, (this.#done.get(userId) ?? 0) + ms);
  }

  /** Milliseconds since the last call. */
  take(userId: string): number {
    const ms = this.#done.get(userId) ?? 0;
    this.#done.delete(userId);
    return ms;
  }
}

/** Adds `workHeader` to each answer. @param msOf asked only when there is somebody to answer */
export function reportWork(app: Service, msOf: (request: FastifyRequest) => number): void {
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (!reply.raw.destroyed) {
      const ms = msOf(request);
      if (ms > 0) reply.header(workHeader, ms.toFixed(1));
    }
    done();
  });
}
