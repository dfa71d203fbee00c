import type { SigningKey } from './signing-key.repository.ts';

/** When keys are published, sign and retire, ms. */
export interface KeySchedule {
  /** How long a key signs before it is replaced. */
  rotateAfter: number;
  /** How long before it signs a key is published: longer than verifiers and caches keep the list. */
  lead: number;
  /** How long a replaced key stays published: longer than any token is valid. */
  grace: number;
}

type Times = Pick<SigningKey, 'id' | 'activatesAt'>;

/** The key that signs at a moment: the newest active one. `keys` are in order of activation. */
export function signingKeyAt<K extends Times>(keys: readonly K[], now: number): K | undefined {
  return keys.findLast(({ activatesAt }) => activatesAt.getTime() <= now);
}

/** When the next key becomes active; undefined when it is too early to publish one. */
export function nextActivation(
  keys: readonly Times[],
  now: number,
  { rotateAfter, lead }: KeySchedule,
): number | undefined {
  const newest = keys.at(-1);
  if (newest === undefined || signingKeyAt(keys, now) === undefined) return now;
  const due = newest.activatesAt.getTime() + rotateAfter;
  return due - lead <= now ? Math.max(due, now + lead) : undefined;
}

/** Keys that signed no token that is still valid. */
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

/** Verifiers refresh keys every half minute and caches keep them for one, so a lead of ten minutes is enough. */
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
