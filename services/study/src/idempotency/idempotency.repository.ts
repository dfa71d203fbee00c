import type { Queries } from '@gospelib/database';
import { ProblemError } from '@gospelib/service-kit';
import type { Claim, KeptAnswer } from './idempotency.key.ts';

/**
 * A part of a statement that claims a key for `me` together with its answer, or yields no row when the key is taken.
 * It waits while another transaction is claiming the key. The rest of the statement must insert `FROM claim`.
 * @param from the number of the first of its three parameters: key, fingerprint, answer
 */
export function claimPart(from: number): string {
  return `claim AS (
    INSERT INTO idempotency_keys (user_id, key, fingerprint, answer)
    SELECT user_id, $${from}, $${from + 1}, $${from + 2} FROM me
    ON CONFLICT DO NOTHING RETURNING user_id)`;
}

/** Claims a key in this transaction. @returns false when it is already taken */
export async function take(tx: Queries, userId: string, claim: Claim): Promise<boolean> {
  const taken = await tx.query(
    'idempotency take',
    `INSERT INTO idempotency_keys (user_id, key, fingerprint) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING RETURNING key`,
    [userId, claim.key, claim.fingerprint],
  );
  return taken.length > 0;
}

/** Stores the answer of the transaction that claimed the key. @param answer a KeptAnswer as JSON */
export async function keep(
  tx: Queries,
  userId: string,
  { key, fingerprint }: Claim,
  answer: string,
): Promise<void> {
  await tx.query(
    'idempotency keep',
    'UPDATE idempotency_keys SET fingerprint = $3, answer = $4 WHERE user_id = $1 AND key = $2',
    [userId, key, fingerprint, answer],
  );
}

/**
 * The answer stored under a key; undefined when there is none.
 * @throws ProblemError key-reused when the key belongs to a different request
 */
export async function recall(
  tx: Queries,
  userId: string,
  { key, fingerprint }: Claim,
): Promise<KeptAnswer | undefined> {
  const [kept] = await tx.query<{ fingerprint: Buffer; answer: KeptAnswer }>(
    'idempotency recall',
    'SELECT fingerprint, answer FROM idempotency_keys WHERE user_id = $1 AND key = $2',
    [userId, key],
  );
  if (!kept) return undefined;
  if (kept.fingerprint.equals(fingerprint)) return kept.answer;
  throw new ProblemError('key-reused', 'Use a new key for each request that asks something else.');
}
