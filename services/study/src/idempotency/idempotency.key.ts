import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Identifies one request of one reader, however often it is sent; a UUID is a good choice. */
export const idempotencyKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/, 'is 8 to 64 letters, digits, - or _')
  .describe(
    'The same key with the same request is answered the same, and done once; kept for at least a day.',
  );

/** A request that must be executed only once. */
export interface Claim {
  key: string;
  /** SHA-256 of the request's content. */
  fingerprint: Buffer;
}

/** The stored answer for repetitions of a request. */
export interface KeptAnswer {
  status: number;
  body: unknown;
}

/** @param request the request's content: equal values for, and only for, equal requests */
export function claimOf(
  key: string | undefined,
  ...request: readonly unknown[]
): Claim | undefined {
  if (key === undefined) return undefined;
  return { key, fingerprint: createHash('sha256').update(JSON.stringify(request)).digest() };
}
