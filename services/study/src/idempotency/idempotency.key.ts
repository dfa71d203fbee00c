import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Names one request of one reader, however often it is sent; a UUID is a good one. */
export const idempotencyKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/, 'is 8 to 64 letters, digits, - or _')
  .describe(
    'The same key with the same request is answered the same, and done once; kept for at least a day.',
  );

/** A request that is to be done once. */
export interface Claim {
  key: string;
  /** SHA-256 of what is asked. */
  fingerprint: Buffer;
}

/** An answer that is kept for those who ask again. */
export interface KeptAnswer {
  status: number;
  body: unknown;
}

/** @param request what the request asks for: values that are the same when, and only when, the request is */
export function claimOf(
  key: string | undefined,
  ...request: readonly unknown[]
): Claim | undefined {
  if (key === undefined) return undefined;
  return { key, fingerprint: createHash('sha256').update(JSON.stringify(request)).digest() };
}
