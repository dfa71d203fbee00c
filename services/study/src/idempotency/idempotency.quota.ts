import { ProblemError } from '@gospelib/service-kit';
import { Quota, type Usage } from '../limits/quota.ts';
import type { StudyDatabase } from '../store/study.database.ts';

/** Far beyond what a person writes in two days; somebody who writes without a pause has no more of the store than this. */
const most: Usage = { items: 100_000, bytes: 256 * 1024 * 1024 };
/** Of counting, ms: generous, since a write should not fail because of it. */
const timeout = 5_000;

/** Room for the answers that are kept for repetitions. It comes back by itself, as answers are forgotten. */
export function answerQuota(store: StudyDatabase, limit: Usage = most): Quota {
  return new Quota(limit, tooMuch, (userId) =>
    store.read(
      userId,
      'idempotency usage',
      async (tx) => {
        const [row] = await tx.query<{ items: string; bytes: string }>(
          'idempotency usage',
          `SELECT count(*) AS items, coalesce(sum(pg_column_size(answer)), 0) AS bytes
           FROM idempotency_keys WHERE user_id = $1`,
          [userId],
        );
        return { items: Number(row?.items), bytes: Number(row?.bytes) };
      },
      { timeout },
    ),
  );
}

function tooMuch(): ProblemError {
  const detail =
    'More was written in the last two days than answers can be kept for. Changes without an Idempotency-Key pass.';
  return new ProblemError('too-many-requests', detail, { retryAfter: 3600 });
}
