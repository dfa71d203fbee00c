import type { StudyDatabase } from '../store/study.database.ts';

/** How long an answer is kept for repetitions. */
const keptFor = '48 hours';
const everyMs = 10 * 60_000;
/** Small enough not to hold locks for long. */
const batch = 5_000;

interface Log {
  warn(fields: object, message: string): void;
}

/** Deletes old keys regularly until stopped. Any number of instances may do so at once. */
export function startPruning(store: StudyDatabase, log: Log): { stop(): void } {
  const timer = setInterval(() => {
    pruneKeys(store).catch((err: unknown) =>
      log.warn({ err }, 'old idempotency keys were not deleted'),
    );
  }, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** @returns how many keys were deleted */
export async function pruneKeys(store: StudyDatabase): Promise<number> {
  let total = 0;
  for (;;) {
    const [row] = await store.asNobody<{ gone: string }>(
      'idempotency prune',
      'SELECT prune_idempotency_keys($1::interval, $2) AS gone',
      [keptFor, batch],
    );
    const gone = Number(row?.gone ?? 0);
    total += gone;
    if (gone < batch) return total;
  }
}
