import type { Queries } from '@gospelib/database';
import { ProblemError } from '@gospelib/service-kit';
import type { Claim, KeptAnswer } from './idempotency.key.ts';

/**
 * A part of a statement that takes a key for `me` together with the answer, or gives no row when it is taken;
 * it waits while another transaction is about to take it. What the statement adds, it adds `FROM claim`.
 * @param from number of the first of its three parameters: key, fingerprint, answer
 */
export function claimPart(from: number): string {
  return `claim AS (
    INSERT INTO idempotency_keys (user_id, key, fingerprint, answer)
    SELECT user_id, $${from}, $${from + 1}, $${from + 2} FROM me
    ON CONFLICT DO NOTHING RETURNING user_id)`;
}

/** Takes a key for this transaction; false when it is taken already. */
export async function take(rows: Queries, userId: string, claim: Claim): Promise<boolean> {
  const taken = await rows.query(
    'idempotency take',
    `INSERT INTO idempotency_keys (user_id, key, fingerprint) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING RETURNING key`,
    [userId, claim.key, claim.fingerprint],
  );
  return taken.length > 0;
}

/** Keeps the answer of the transaction that took the key. */
export async function keep(
  rows: Queries,
  userId: string,
  { key, fingerprint }: Claim,
  answer: KeptAnswer,
): Promise<void> {
  await rows.query(
    'idempotency keep',
    'UPDATE idempotency_keys SET fingerprint = $3, answer = $4 WHERE user_id = $1 AND key = $2',
    [userId, key, fingerprint, JSON.stringify(answer)],
  );
}

/**
 * The answer that is kept under a key; undefined when there is none.
 * @throws ProblemError key-reused when it was another request's
 */
export async function recall(
  rows: Queries,
  userId: string,
  { key, fingerprint }: Claim,
): Promise<KeptAnswer | undefined> {
  const [kept] = await rows.query<{ fingerprint: Buffer; answer: KeptAnswer }>(
    'idempotency recall',
    'SELECT fingerprint, answer FROM idempotency_keys WHERE user_id = $1 AND key = $2',
    [userId, key],
  );
  if (!kept) return undefined;
  if (kept.fingerprint.equals(fingerprint)) return kept.answer;
  throw new ProblemError('key-reused', 'Use a new key for each request that asks something else.');
}
