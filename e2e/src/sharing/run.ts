import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type Account, openAccount } from '../account.ts';
import type { Ask } from '../http.client.ts';
import { type Place, type Platform, platformAt } from '../platform.ts';
import { type HostileOrders, type Hostility, longNotes } from './hostile.account.ts';
import { watchProcessors } from './processor.time.ts';

export interface SharingOptions extends Hostility {
  /** Long notes that the hostile account has, of 60 KB each. */
  readonly notes: number;
  /** Of each phase: the ordinary account by itself, with the hostile one beside it, and by itself again. */
  readonly seconds: number;
}

export interface SharingReport {
  /** What the ordinary account waited for: by itself, before and after, and beside the hostile one. */
  readonly quiet: Waits;
  readonly busy: Waits;
  /** Cores' worth of processor time that each part took beside the hostile one. */
  readonly processors: ReadonlyMap<string, number>;
  /** Answers to the ordinary account that were no success. */
  readonly failures: readonly string[];
  /** The most resident memory of study, MiB. */
  readonly studyMemory: number;
  /** What the hostile account was answered, by status; 0: nothing. */
  readonly hostile: ReadonlyMap<number, number>;
}

/** Milliseconds, by what was asked for. */
export type Waits = ReadonlyMap<string, readonly number[]>;

/** All of them, ascending. */
export function ascending(waits: Waits): number[] {
  return [...waits.values()].flat().sort((a, b) => a - b);
}

/** One account takes whatever it can get, another reads and writes as ever: what does the other notice? */
export async function runSharing(
  place: Place,
  { seconds, notes, ...hostility }: SharingOptions,
): Promise<SharingReport> {
  const platform = platformAt(place);
  const [ordinary, hostile] = [await openAccount(place), await openAccount(place)];
  await expectStatus(200, hostile, `${study}/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', 'idempotency-key': randomUUID() },
    body: longNotes(notes),
  });
  const { pid } = await platform.process('study');
  if (pid === undefined) throw new Error('study does not run');
  const failures: string[] = [];
  await useFor(1, ordinary, [], new Map());
  const quiet = new Map<string, number[]>();
  const busy = new Map<string, number[]>();
  await useFor(seconds, ordinary, failures, quiet);
  const memory = watchMemory(pid);
  const { cookie, from } = hostile;
  const orders: HostileOrders = {
    ...hostility,
    origin: platform.origin,
    token: await hostile.token(),
    cookie,
    from,
  };
  const worker = new Worker(new URL('./hostile.worker.ts', import.meta.url), {
    workerData: orders,
  });
  await sleep(500);
  const watching = await watchProcessors(await platformPids(platform));
  await useFor(seconds, ordinary, failures, busy);
  const processors = await watching.end();
  worker.postMessage('stop');
  const [answers] = await once(worker, 'message');
  await worker.terminate();
  const studyMemory = await memory.end();
  // Its notes have become more meanwhile: by itself it is measured before and after.
  await useFor(seconds, ordinary, failures, quiet);
  return { quiet, busy, processors, failures, studyMemory, hostile: answers };
}

async function platformPids(platform: Platform): Promise<Map<string, number>> {
  const { processes } = await platform.status();
  const known = processes.flatMap(({ name, pid }) => (pid ? [[name, pid] as const] : []));
  return new Map([...known, ['the load', process.pid]]);
}

const study = '/api/v1/study';
const read = [
  `${study}/chapters/alma.32/marks`,
  `${study}/notes`,
  `${study}/search?q=faith`,
  `${study}/export`,
  '/api/v1/chapters/alma.32',
] as const;

/** Between two requests, ms. Thirty requests a second: ten times what a page asks for that somebody leafs through. */
const pause = 25;

/** On a busy machine a phase lasts until so many answers were waited for: of fewer no percentile is to be had. */
const LEAST = 24;

/** A reader who saves a note, looks at the notes, searches and goes on reading. */
async function useFor(
  seconds: number,
  account: Account,
  failures: string[],
  waits: Map<string, number[]>,
): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const until = performance.now() + seconds * 1000;
  const timed = async (path: string, work: () => Promise<unknown>): Promise<void> => {
    const start = performance.now();
    await work().catch((error: Error) => failures.push(error.message));
    const waited = performance.now() - start;
    waits.set(path, [...(waits.get(path) ?? []), waited]);
    await sleep(pause);
  };
  while (performance.now() < until || ascending(waits).length < LEAST) {
    await timed('save', () => expectStatus(201, account, `${study}/notes`, saving(agent)));
    for (const path of read) {
      await timed(path, () => expectStatus(200, account, path, { agent }));
    }
  }
  agent.destroy();
}

function saving(agent: Agent): Ask {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const body = '{"passage":"alma.32.21","body":"Faith is not a perfect knowledge","tags":[]}';
  return { method: 'POST', agent, headers, body };
}

async function expectStatus(
  expected: number,
  account: Account,
  path: string,
  request: Ask,
): Promise<void> {
  const { status, text } = await account.ask(path, { ...request, once: true });
  if (status !== expected) throw new Error(`${request.method ?? 'GET'} ${path}: ${status} ${text}`);
}

/** The most memory that a process has meanwhile. */
function watchMemory(pid: number): { end(): Promise<number> } {
  let [most, ended] = [0, false];
  const watching = (async () => {
    while (!ended) {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      most = Math.max(most, Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024);
      await sleep(50);
    }
    return most;
  })();
  return {
    end() {
      ended = true;
      return watching;
    },
  };
}
