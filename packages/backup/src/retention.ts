import type { BackupKind, BackupManifest } from './store/backup.manifest.ts';
import type { BackupStore } from './store/backup.store.ts';

/** How long backups are kept: a backup stays if any rule keeps it. */
export interface RetentionPolicy {
  /** How many of the newest are kept, whatever their age. */
  newest: number;
  /** The newest of each of the last so many days (UTC), today included. */
  days: number;
  /** The newest of each of the last so many months (UTC), this one included. */
  months: number;
}

const usualRetention: RetentionPolicy = { newest: 7, days: 14, months: 12 };

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Ids of the backups that may be removed. The rules apply to each kind separately and count only verified backups. The
 * newest verified one always stays; an unverified one expires after a day if its kind has a verified one.
 */
export function chooseExpired(
  manifests: readonly BackupManifest[],
  policy: RetentionPolicy,
  now: Date,
): string[] {
  const kinds = Map.groupBy(manifests, ({ kind }): BackupKind => kind);
  return [...kinds.values()].flatMap((backups) => chooseOfKind(backups, policy, now));
}

function chooseOfKind(backups: readonly BackupManifest[], policy: RetentionPolicy, now: Date) {
  const newestFirst = [...backups].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  const verified = newestFirst.filter((backup) => backup.verified !== undefined);
  if (verified.length === 0) return [];
  const kept = new Set(verified.slice(0, Math.max(1, policy.newest)));
  keepOneEach(verified, kept, 'YYYY-MM-DD'.length, lastDays(policy.days, now));
  keepOneEach(verified, kept, 'YYYY-MM'.length, lastMonths(policy.months, now));
  return newestFirst
    .filter((backup) =>
      backup.verified === undefined
        ? now.getTime() - Date.parse(backup.createdAt) > DAY_MS
        : !kept.has(backup),
    )
    .map(({ id }) => id);
}

/** Keeps the newest of each period; a period is the first `length` characters of an ISO time. */
function keepOneEach(
  newestFirst: readonly BackupManifest[],
  kept: Set<BackupManifest>,
  length: number,
  periods: ReadonlySet<string>,
): void {
  for (const period of periods) {
    const newest = newestFirst.find(({ createdAt }) => createdAt.slice(0, length) === period);
    if (newest !== undefined) kept.add(newest);
  }
}

function lastDays(count: number, now: Date): Set<string> {
  const days = Array.from({ length: count }, (_, i) => new Date(now.getTime() - i * DAY_MS));
  return new Set(days.map((day) => day.toISOString().slice(0, 'YYYY-MM-DD'.length)));
}

function lastMonths(count: number, now: Date): Set<string> {
  const months = Array.from(
    { length: count },
    (_, i) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - i, 1)),
  );
  return new Set(months.map((month) => month.toISOString().slice(0, 'YYYY-MM'.length)));
}

/**
 * Removes the backups that `chooseExpired` names. Those that nothing proves to be ours are chosen among themselves, so that
 * whatever they say of themselves pushes none of ours out.
 * @returns their ids
 */
export async function removeExpired(
  store: BackupStore,
  policy: RetentionPolicy = usualRetention,
  now = new Date(),
): Promise<string[]> {
  const { whole, unproven } = await store.survey();
  const strange = unproven.map(({ manifest }) => manifest);
  const expired = [whole, strange].flatMap((ones) => chooseExpired(ones, policy, now));
  for (const id of expired) await store.remove(id);
  return expired;
}
