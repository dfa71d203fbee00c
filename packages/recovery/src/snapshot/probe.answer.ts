import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '@gospelib/cli-kit';
import type { Finding } from './finding.ts';

/** What is looked at, each on its own. */
const names = {
  infrastructure: 'the infrastructure',
  services: 'stores and services',
  release: 'the release',
  graph: 'the graph',
  database: 'PostgreSQL',
  backups: 'the backups',
  disk: 'the disk',
} as const;
export type Part = keyof typeof names;
export const parts = Object.keys(names) as readonly Part[];

/** Longer than the verification of the full corpus takes on a busy machine. */
const LIMIT_MS = 120_000;

export interface Answer<T> {
  snapshot: T | undefined;
  findings: readonly Finding[];
}

/** Whatever hinders a probe says something of its part alone: that is unknown then, and all others go on. */
export async function answerOf<T>(
  part: Part,
  probe: () => Promise<Answer<T>>,
  limitMs = LIMIT_MS,
): Promise<Answer<T>> {
  const limit = new AbortController();
  try {
    return await Promise.race([
      probe(),
      sleep(limitMs, undefined, { signal: limit.signal }).then(() => {
        throw new OperatorError(`there was no answer in ${limitMs / 1000} s`);
      }),
    ]);
  } catch (error) {
    return { snapshot: undefined, findings: [unknown(part, names[part], reasonOf(error))] };
  } finally {
    limit.abort();
  }
}

/** That nothing is known, and why. */
export function unknown(subject: string, what: string, reason: string): Finding {
  const text = `Unknown: nothing is known of ${what}, because ${reason}`;
  return { kind: 'unknown', level: 'unknown', subject, text };
}

/** In a line of plain words. Errors of several addresses that failed have a code, but no message. */
export function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: unknown };
  const text = (message || String(code ?? error)).split('\n').join(' ');
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
