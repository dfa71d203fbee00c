import { type Account, openAccounts } from '../account.ts';
import type { Account as Asker } from '../drills/load/account.ts';
import { learnRightAnswers, type Readers, startReaders } from '../drills/load/readers.ts';
import { startWriter, type Writer } from '../drills/load/writers.ts';
import type { Place } from '../platform.ts';

export interface Load {
  stop(): Promise<LoadReport>;
}

export interface LoadReport {
  readonly reads: number;
  readonly writes: number;
  /** What was cut, or answered wrongly, one line each. */
  readonly faults: readonly string[];
  /**
   * Requests that were told to come again (503), or waited too long: what a busy machine does as well. How many by who
   * said so and why.
   */
  readonly late: Readonly<Record<string, number>>;
  /** Those of them that were answers, but not the right ones. */
  readonly wrong: readonly string[];
  /** Notes that were acknowledged and are not there. */
  readonly lost: number;
  /** Seconds from the first to the last fault; 0 without any. */
  readonly faultSeconds: number;
}

const PAUSE_MS = 50;

/** Readers and writers through the gateway, who try nothing twice. */
export async function startLoad(place: Place, { readers = 16, writers = 4 } = {}): Promise<Load> {
  const origin = `http://localhost:${place.portBase}`;
  const right = await learnRightAnswers(origin);
  const accounts = await openAccounts(place, writers);
  const start = performance.now();
  const reading = startReaders(origin, right, PAUSE_MS, readers);
  const writing: Writer[] = accounts.map((account) => startWriter(askerOf(account), PAUSE_MS));
  let ended: Promise<LoadReport> | undefined;
  const end = async (): Promise<LoadReport> => {
    await Promise.all([reading.stop(), ...writing.map((writer) => writer.stop())]);
    const refused = writing.flatMap(({ refusals }) => refusals);
    const failed = [...reading.bad, ...refused].sort((a, b) => a.askedAt - b.askedAt);
    const lost = await Promise.all(writing.map((writer) => writer.lost()));
    const [first, last] = [failed[0]?.askedAt ?? 0, failed.at(-1)?.askedAt ?? 0];
    return {
      reads: reading.good.length + reading.bad.length,
      writes: writing.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0),
      late: countBy(failed.filter(isLate).map(({ what }) => reasonOf(what))),
      faults: failed.flatMap((one) => {
        if (isLate(one)) return [];
        const at = `${((one.askedAt - start) / 1000).toFixed(1)} s`;
        return 'path' in one ? `${at} ${one.path}: ${one.what}` : `${at} a note: ${one.what}`;
      }),
      wrong: reading.bad.filter(({ kind }) => kind === 'wrong').map(({ what }) => what),
      lost: lost.flat().length,
      faultSeconds: (last - first) / 1000,
    };
  };
  return { stop: () => (ended ??= end()) };
}

function isLate(one: Readers['bad'][number] | Writer['refusals'][number]): boolean {
  return 'isLate' in one ? one.isLate : /^Error: (503 |no answer in )/.test(one.what);
}

/** The sentence of a problem, without what is of that request alone. */
function reasonOf(what: string): string {
  return /"detail":"([^"]+)/.exec(what)?.[1] ?? what.slice(0, 80);
}

function countBy(reasons: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** All of them together, and each kind: for the note of a figure. */
export function toldLate(late: LoadReport['late']): string {
  const kinds = Object.entries(late).map(([reason, count]) => `${count}: ${reason}`);
  const sum = Object.values(late).reduce((all, count) => all + count, 0);
  return kinds.length === 0
    ? 'none was told to come again'
    : `${sum} were told to come again (${kinds.join('; ')})`;
}

/** As the writers of the drills ask. */
function askerOf(account: Account): Asker {
  return {
    id: account.id,
    ask: async (method, path, body, headers) => {
      const answer = await account.ask(`/api/v1/${path}`, {
        method,
        headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
        timeout: 10_000,
        once: true,
      });
      return new Response(answer.body.length > 0 ? new Uint8Array(answer.body) : null, {
        status: answer.status,
      });
    },
  };
}
