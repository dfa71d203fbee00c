import type { SigningKey } from './signing-key.repository.ts';

/** When keys come and go. Milliseconds. */
export interface KeySchedule {
  /** A key is replaced when it has signed for that long. */
  rotateAfter: number;
  /** A new key is published that long before it signs: longer than verifiers and caches keep the list. */
  lead: number;
  /** A replaced key stays published that long: longer than any token lives. */
  grace: number;
}

type Times = Pick<SigningKey, 'id' | 'activatesAt'>;

/** The key that signs at a moment: the newest that is active. Keys in order of activation. */
export function signingKeyAt<K extends Times>(keys: readonly K[], now: number): K | undefined {
  return keys.findLast(({ activatesAt }) => activatesAt.getTime() <= now);
}

/** When the next key has to become active, or undefined when it is not yet time to publish one. */
export function nextActivation(
  keys: readonly Times[],
  now: number,
  { rotateAfter, lead }: KeySchedule,
): number | undefined {
  const newest = keys.at(-1);
  if (newest === undefined) return now;
  const due = newest.activatesAt.getTime() + rotateAfter;
  return due - lead <= now ? Math.max(due, now + lead) : undefined;
}

/** Keys that can have signed no token that is still valid. */
export function retiredKeys(keys: readonly Times[], now: number, { grace }: KeySchedule): string[] {
  return keys
    .filter((_, index) => {
      const next = keys[index + 1];
      return next !== undefined && next.activatesAt.getTime() + grace <= now;
    })
    .map(({ id }) => id);
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** The schedule of a configuration: verifiers look for new keys every half a minute, caches between keep them for one; ten minutes are lead enough. */
export function keySchedule(config: {
  KEY_ROTATION_DAYS: number;
  TOKEN_LIFETIME_SECONDS: number;
}): KeySchedule {
  return {
    rotateAfter: config.KEY_ROTATION_DAYS * day,
    lead: 10 * minute,
    grace: config.TOKEN_LIFETIME_SECONDS * 1000 + 5 * minute,
  };
}
