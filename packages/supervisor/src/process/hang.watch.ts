import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface HangTimes {
  /** Between two questions that were answered, ms. */
  everyMs: number;
  /** How long an answer may take, ms. */
  answerMs: number;
  /** So many questions in a row without an answer, and it hangs. */
  misses: number;
  /** The same while it is at work or waits for a disk: a busy machine is no fault of the process. */
  missesAtWork: number;
}

const hangTimes: HangTimes = {
  everyMs: 2_000,
  answerMs: 4_000,
  misses: 4,
  missesAtWork: 30,
};

/** How late a timer may be before this process is taken for one that stood still. */
const STALL_MS = 500;

export interface Watched {
  pid: number;
  /** Whether it answers in so many milliseconds. */
  answers(timeoutMs: number): Promise<boolean>;
}

/**
 * Asks a process again and again. Resolves with the seconds without an answer when it hangs, with undefined when the
 * signal ends the watch.
 * @param silent told of each change: whether the last question had no answer
 */
export async function watchForHang(
  { pid, answers }: Watched,
  silent: (silent: boolean) => void,
  signal: AbortSignal,
  { everyMs, answerMs, misses, missesAtWork }: HangTimes = hangTimes,
): Promise<number | undefined> {
  let missed = 0;
  let since = performance.now();
  while (!signal.aborted) {
    const asked = performance.now();
    const answered = await answers(answerMs);
    // A timeout that comes late itself says that this process stood still: the answer may have been there.
    const ownStall = performance.now() - asked > answerMs + STALL_MS;
    if (answered || ownStall) {
      if (missed > 0) silent(false);
      missed = 0;
      since = performance.now();
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
      continue;
    }
    missed += 1;
    if (missed === 1) silent(true);
    if (missed >= (isAtWork(pid) ? missesAtWork : misses)) {
      return signal.aborted ? undefined : (performance.now() - since) / 1000;
    }
    // A refused connection comes at once.
    const rest = answerMs - (performance.now() - asked);
    await sleep(Math.max(rest, 0), undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

/** Whether it runs or waits for a disk (proc_pid_stat(5)); where that is not told, it is taken for idle. */
function isAtWork(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return /^[RD]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}
