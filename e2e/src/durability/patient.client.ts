import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../account.ts';
import type { Answer, Ask } from '../http.client.ts';

/** What became of the attempts of all writers together. */
export interface Tally {
  /** Requests sent, each attempt counted. */
  requests: number;
  /** Attempts without any answer: the connection broke, or nobody listened. */
  unanswered: number;
  /** Answers that asked to try again: 401, 429, 503. */
  refused: number;
  /** Other answers of a part that was away: 502, 504. */
  unwelcome: number;
  /** Writes that had been done already when they were sent again, and were told so. */
  replayed: number;
  /** Answers that nobody should get. */
  faults: string[];
}

/** For an attempt to be answered, ms; longer than the ten seconds that the gateway gives a service. */
const patience = 30_000;
/** Until a writer gives up, ms; longer than the longest wait before a part is started again, on a busy machine too. */
const longest = 180_000;
const again: ReadonlySet<number> = new Set([401, 429, 502, 503, 504]);

/**
 * Sends one request until it is answered for good, the same one under the same key, as a good client does: a broken
 * connection says nothing about whether it was done.
 * @throws Error when that takes longer than three minutes
 */
export async function sendPatiently(
  account: Account,
  path: string,
  request: Ask,
  tally: Tally,
): Promise<Answer> {
  const deadline = Date.now() + longest;
  for (let attempt = 0; Date.now() < deadline; attempt += 1) {
    if (attempt > 0) await sleep(Math.min(50 * 2 ** attempt, 1000));
    tally.requests += 1;
    let answer: Answer;
    try {
      answer = await account.ask(path, { ...request, timeout: patience, once: true });
    } catch {
      tally.unanswered += 1;
      continue;
    }
    if (answer.headers['idempotency-replayed'] === 'true') tally.replayed += 1;
    if (answer.status < 300) return answer;
    if (!again.has(answer.status)) {
      tally.faults.push(`${request.method} ${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
      return answer;
    }
    if (answer.status === 502 || answer.status === 504) tally.unwelcome += 1;
    else tally.refused += 1;
    if (answer.status === 401) account.dropToken();
  }
  throw new Error(`${request.method} ${path} was not answered within ${longest / 1000} s`);
}
