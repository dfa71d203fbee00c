import { revokedKey } from './revocation.client.ts';
import { type LoopOptions, RevocationLoop } from './revocation.loop.ts';

/** Sessions that were ended while a token of theirs may still be valid, as a verifier knows them. */
export interface RevocationList {
  has(sessionId: string): boolean;
  /** Whether it was read within the last seconds. */
  readonly fresh: boolean;
  /** Resolves when it was read once, or after a second without Redis. */
  open(): Promise<void>;
  close(): Promise<void>;
}

/** Reads the list from Redis every second and keeps a copy, which survives that Redis forgets. */
export function createRevocationList(options: LoopOptions): RevocationList {
  const until = new Map<string, number>();
  const loop = new RevocationLoop(options, async (client) => {
    const now = Date.now();
    for (const { value, score } of await client.zRangeByScoreWithScores(revokedKey, now, '+inf')) {
      until.set(value, score);
    }
    for (const [session, end] of until) if (end < now) until.delete(session);
  });
  return {
    has: (sessionId) => until.has(sessionId),
    get fresh() {
      return loop.fresh;
    },
    open: () => loop.open(),
    close: () => loop.close(),
  };
}
