import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { pick, readingList } from './reading.list.ts';

/** An answer that should not have been. */
export interface BadRead {
  /** When it was asked for and when it had arrived, as `performance.now()`. */
  askedAt: number;
  at: number;
  path: string;
  kind: 'failed' | 'wrong';
  what: string;
  /** Told to come again (503), or not answered in time: what a busy machine does without being at fault. */
  isLate: boolean;
}

export interface Readers {
  readonly bad: readonly BadRead[];
  /** When right answers were asked for and had arrived. */
  readonly good: readonly { askedAt: number; at: number }[];
  stop(): Promise<void>;
}

/** Digests of right answers by path. */
export type RightAnswers = ReadonlyMap<string, string>;

const READERS = 3;
const TIMEOUT_MS = 10_000;

/** Asks for everything on the reading list while nothing is broken. @throws Error when something does not answer */
export async function learnRightAnswers(origin: string): Promise<RightAnswers> {
  const right = new Map<string, string>();
  for (const path of readingList()) {
    const { status, body } = await read(origin, path);
    if (status !== 200) throw new Error(`${path} answers ${status} before anything was broken.`);
    right.set(path, digest(body));
  }
  return right;
}

/**
 * Some readers who read through the gateway until they are stopped, and notice every failed and every
 * wrong answer; each rests `pauseMs` after every answer.
 */
export function startReaders(
  origin: string,
  right: RightAnswers,
  pauseMs: number,
  readers = READERS,
): Readers {
  const list = [...right.keys()];
  const bad: BadRead[] = [];
  const good: Readers['good'][number][] = [];
  let going = true;
  const reader = async (): Promise<void> => {
    while (going) {
      const path = pick(list);
      const askedAt = performance.now();
      const fault = await judge(origin, path, right);
      const at = performance.now();
      if (fault === undefined) good.push({ askedAt, at });
      else bad.push({ askedAt, at, path, ...fault });
      await sleep(pauseMs);
    }
  };
  const all = Promise.all(Array.from({ length: readers }, reader));
  return {
    bad,
    good,
    stop: async () => {
      going = false;
      await all;
    },
  };
}

async function judge(
  origin: string,
  path: string,
  right: RightAnswers,
): Promise<Pick<BadRead, 'kind' | 'what' | 'isLate'> | undefined> {
  try {
    const { status, body } = await read(origin, path);
    const what = `${status} ${body.slice(0, 200)}`;
    if (status >= 500) return { kind: 'failed', what, isLate: status === 503 };
    if (status !== 200) return { kind: 'wrong', what, isLate: false };
    if (digest(body) === right.get(path)) return undefined;
    return { kind: 'wrong', what: 'another text than before', isLate: false };
  } catch (error) {
    const { name, message } = error as Error;
    return { kind: 'failed', what: message, isLate: name === 'TimeoutError' };
  }
}

async function read(origin: string, path: string): Promise<{ status: number; body: string }> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(`${origin}/api/v1/${path}`, { signal });
  return { status: response.status, body: await response.text() };
}

/** What right answers are compared by. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
