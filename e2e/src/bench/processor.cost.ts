import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { median, percentile } from './load.ts';
import type { ServerProcess } from './server.process.ts';

/** A server, and what it is asked. */
export interface Subject {
  readonly server: ServerProcess;
  readonly path: string;
  /** Asked before each turn: a token lives for minutes. */
  readonly headers?: () => Promise<Readonly<Record<string, string>>>;
  /** How long it is left alone after a turn, so that what it does after its answers counts too. */
  readonly settleMs?: number;
}

/** Microseconds of processor time for a request, one value a turn, by the subject's name. */
export type Turns = ReadonlyMap<string, readonly number[]>;

/** What several rounds found: the median, the lowest and the highest. */
export interface Spread {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const REQUESTS = 200;
const CONNECTIONS = 16;
/** So many turns each, until the code that is asked all the time is compiled. */
const WARM_UP = 50;

/**
 * Asks the subjects in turns, a few hundred requests at a time and each time in another order, so that what else the
 * machine does is shared by all of them. Only the processor time of the subject's own process is counted.
 * @throws Error when a request is not answered with 200
 */
export async function takeTurns(
  subjects: ReadonlyMap<string, Subject>,
  seconds: number,
): Promise<Turns> {
  const turns = new Map([...subjects.keys()].map((name) => [name, [] as number[]]));
  const pools = new Map([...subjects].map(([name, { server }]) => [name, openPool(server.origin)]));
  const turnOf = async (
    name: string,
    { server, path, headers, settleMs = 0 }: Subject,
  ): Promise<number> => {
    const sent = (await headers?.()) ?? {};
    const before = server.cpuMicroseconds();
    await ask(pools.get(name) as Pool, path, sent, REQUESTS); // each subject has one
    if (settleMs > 0) await sleep(settleMs);
    return (server.cpuMicroseconds() - before) / REQUESTS;
  };
  try {
    for (let turn = 0; turn < WARM_UP; turn += 1) {
      for (const [name, subject] of subjects) await turnOf(name, subject);
    }
    const until = performance.now() + seconds * subjects.size * 1000;
    do {
      for (const [name, subject] of shuffled([...subjects])) {
        turns.get(name)?.push(await turnOf(name, subject));
      }
    } while (performance.now() < until);
  } finally {
    await Promise.all([...pools.values()].map((pool) => pool.close()));
  }
  return turns;
}

/** Connections that `ask` keeps busy. */
export function openPool(origin: string): Pool {
  return new Pool(origin, { connections: CONNECTIONS, pipelining: 1 });
}

/** @throws Error when a request is not answered with 200 */
export async function ask(
  pool: Pool,
  path: string,
  headers: Readonly<Record<string, string>>,
  requests: number,
): Promise<void> {
  let left = requests;
  const connection = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { statusCode, body } = await pool.request({ path, method: 'GET', headers });
      await body.dump();
      if (statusCode !== 200) throw new Error(`${path} was answered with ${statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((value) => ({ value, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

/** The cost of a request: the 5th percentile of its turns, since other work on the machine only ever adds to it. */
export function costOf(turns: Turns, name: string): number {
  return percentile(
    [...(turns.get(name) ?? [])].sort((a, b) => a - b),
    0.05,
  );
}

/** Compares within each round, so that what a round has in common drops out. */
export function acrossRounds(rounds: readonly Turns[], figure: (turns: Turns) => number): Spread {
  const values = rounds.map(figure);
  return { value: median(values), low: Math.min(...values), high: Math.max(...values) };
}
