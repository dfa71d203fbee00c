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

/** Whoever works for less than that while one question waits does nothing but wake up now and then. */
const WORK_TICKS = 3;

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
    const before = workOf(pid);
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
    // A refused connection comes at once.
    const rest = answerMs - (performance.now() - asked);
    await sleep(Math.max(rest, 0), undefined, { signal }).catch(() => undefined);
    if (missed >= (wasAtWork(before, workOf(pid)) ? missesAtWork : misses)) {
      return signal.aborted ? undefined : (performance.now() - since) / 1000;
    }
  }
  return undefined;
}

interface Work {
  /** Processor time of all its threads so far, in ticks of a hundredth of a second. */
  ticks: number;
  /** Whether its first thread runs, or waits for a disk. */
  isRunning: boolean;
}

/** What the process has done so far (proc_pid_stat(5)); undefined where that is not told. */
function workOf(pid: number): Work | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      ticks: Number(fields[11]) + Number(fields[12]),
      isRunning: /^[RD]/.test(fields[0] ?? ''),
    };
  } catch {
    return undefined;
  }
}

/** A store's first thread may wait while others work for it; where nothing is told, it is taken for idle. */
function wasAtWork(before: Work | undefined, now: Work | undefined): boolean {
  if (before === undefined || now === undefined) return false;
  return now.isRunning || now.ticks - before.ticks >= WORK_TICKS;
}
