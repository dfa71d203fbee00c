import { revokedKey } from './revocation.client.ts';
import { type LoopOptions, RevocationLoop } from './revocation.loop.ts';

export interface RevokedSession {
  sessionId: string;
  /** Until when a token of it could be valid. */
  until: Date;
}

export interface RevocationPublisher {
  /** Whether verifiers can learn of a revocation: it was published within the last seconds. */
  readonly working: boolean;
  open(): Promise<void>;
  close(): Promise<void>;
}

/** Far longer than any token lives, s. */
const forgetAfter = 3600;

/**
 * Writes every second to Redis which sessions were ended, all of them each time: a Redis that forgot learns them again.
 * Any number of instances may do so.
 */
export function createRevocationPublisher(
  options: LoopOptions & { read: () => Promise<RevokedSession[]> },
): RevocationPublisher {
  const loop = new RevocationLoop(options, async (client) => {
    const sessions = await options.read();
    const write = client.multi().zRemRangeByScore(revokedKey, 0, Date.now());
    if (sessions.length > 0) {
      write.zAdd(
        revokedKey,
        sessions.map(({ sessionId, until }) => ({ value: sessionId, score: until.getTime() })),
      );
    }
    await write.expire(revokedKey, forgetAfter).exec();
  });
  return {
    get working() {
      return loop.fresh;
    },
    open: () => loop.open(),
    close: () => loop.close(),
  };
}
