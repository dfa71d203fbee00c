import { createHmac } from 'node:crypto';
import type { Database } from '@gospelib/database';
import { ProblemError } from '@gospelib/service-kit';
import type { ThrottlePolicy } from './throttle.policy.ts';

/**
 * Counts attempts in PostgreSQL, which signing in needs anyway: limits hold across replicas and restarts, and no
 * second store can lift them by being down. Keys are keyed hashes, so the table identifies nobody.
 */
export class Throttle {
  readonly #database: Database;
  readonly #secret: () => string;
  readonly #onRefused: (policy: string) => void;

  /** @param secret hashes what is counted; when it changes, counting begins anew */
  constructor(database: Database, secret: () => string, onRefused: (policy: string) => void) {
    this.#database = database;
    this.#secret = secret;
    this.#onRefused = onRefused;
  }

  /**
   * Counts an attempt before it is made, so that concurrent attempts gain nothing over sequential ones.
   * No wait is stored as -infinity: now() would be later than the start of a concurrent transaction.
   * @throws ProblemError too-many-requests while the subject has to wait
   */
  async take(policy: ThrottlePolicy, subject: string): Promise<void> {
    if (await this.tryTake(policy, subject)) return;
    throw tooMany(await this.#remaining(this.#keyOf(policy, subject)));
  }

  /** As `take`, but false instead of an error. */
  async tryTake(policy: ThrottlePolicy, subject: string): Promise<boolean> {
    const { free, firstWait, longestWait, memory } = policy;
    const key = this.#keyOf(policy, subject);
    const taken = await this.#database.query(
      'throttle take',
      `INSERT INTO throttles AS t (key, tries, blocked_until, expires_at)
       VALUES ($1, 1, '-infinity', now() + make_interval(secs => $5))
       ON CONFLICT (key) DO UPDATE SET
         tries = CASE WHEN t.expires_at <= now() THEN 1 ELSE t.tries + 1 END,
         blocked_until = CASE
           WHEN t.expires_at <= now() OR t.tries + 1 < $2 THEN '-infinity'
           ELSE now() + make_interval(secs => LEAST($4, $3 * power(2, LEAST(t.tries + 1 - $2, 30))))
         END,
         expires_at = now() + make_interval(secs => $5)
       WHERE t.blocked_until <= now()
       RETURNING 1`,
      [key, free, firstWait, longestWait, memory],
    );
    if (taken.length > 0) return true;
    this.#onRefused(policy.name);
    return false;
  }

  /** Uncounts an attempt that turned out to be legitimate. */
  async refund(policy: ThrottlePolicy, subject: string): Promise<void> {
    await this.#database.query(
      'throttle refund',
      `UPDATE throttles SET tries = greatest(tries - 1, 0), blocked_until = '-infinity'
       WHERE key = $1`,
      [this.#keyOf(policy, subject)],
    );
  }

  /** Remembers a subject for this many seconds. */
  async remember(name: string, subject: string, seconds: number): Promise<void> {
    await this.#database.query(
      'throttle remember',
      `INSERT INTO throttles (key, tries, blocked_until, expires_at)
       VALUES ($1, 0, '-infinity', now() + make_interval(secs => $2))
       ON CONFLICT (key) DO UPDATE SET expires_at = excluded.expires_at`,
      [this.#keyOf({ name }, subject), seconds],
    );
  }

  async isRemembered(name: string, subject: string): Promise<boolean> {
    const rows = await this.#database.query(
      'throttle remembered',
      'SELECT FROM throttles WHERE key = $1 AND expires_at > now()',
      [this.#keyOf({ name }, subject)],
    );
    return rows.length > 0;
  }

  /** Forgets every attempt of a subject. */
  async clear(policy: ThrottlePolicy, subject: string): Promise<void> {
    await this.#database.query('throttle clear', 'DELETE FROM throttles WHERE key = $1', [
      this.#keyOf(policy, subject),
    ]);
  }

  async #remaining(key: string): Promise<number> {
    const [row] = await this.#database.query<{ seconds: number }>(
      'throttle remaining',
      `SELECT ceil(extract(epoch FROM greatest(blocked_until, now()) - now()))::int AS seconds
       FROM throttles WHERE key = $1`,
      [key],
    );
    return Math.max(1, row?.seconds ?? 1);
  }

  #keyOf({ name }: Pick<ThrottlePolicy, 'name'>, subject: string): string {
    const hash = createHmac('sha256', this.#secret()).update(`${name}\n${subject.toLowerCase()}`);
    return `${name}:${hash.digest('base64url')}`;
  }
}

function tooMany(retryAfter: number): ProblemError {
  return new ProblemError(
    'too-many-requests',
    `Too many attempts. Try again in ${retryAfter} seconds.`,
    { retryAfter },
  );
}
