import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, type StartedPlatform } from '../platform.ts';
import { median } from './load.ts';
import { ask, costOf, openPool, type Subject, type Turns, takeTurns } from './processor.cost.ts';
import { answers, type ServerProcess, startServer } from './server.process.ts';
import { serviceOrigin, storeAddress } from './serving.bench.ts';

/** What the services of a subject do besides answering; `untraced` and `uncounted` lack those calls altogether. */
const kinds = ['plain', 'again', 'untraced', 'uncounted', 'traced', 'recorded'] as const;
export type Kind = (typeof kinds)[number];

/** What the agent pulls of each service, by its own configuration. */
export const pulls = {
  'reading metrics': { path: '/metrics', every: intervalOf('prometheus.scrape "services"') },
  'ending a recording': {
    path: '/debug/pprof/profile?seconds=1',
    every: intervalOf('pyroscope.scrape "processor"'),
  },
  'a profile of the heap': {
    path: '/debug/pprof/heap',
    every: intervalOf('pyroscope.scrape "memory"'),
  },
} as const;
export type Pull = keyof typeof pulls;

/** Microseconds of processor time. */
export interface Price {
  /** Of a chapter in gateway and content together. */
  readonly request: Readonly<Record<Kind, number>>;
  /** Of a pull of one service, with what V8 has to compile anew after it. */
  readonly pull: Readonly<Record<Pull, number>>;
}

const path = '/api/v1/chapters/alma.32';
const services = ['gateway', 'content'] as const;
const sampled = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;
/** A pull is measured together with so many requests. */
const requestsWithPull = 1200;
const tries = 5;

/**
 * Starts gateway and content anew, one process for each kind, and asks them in turns.
 * @param endpoint where those that are `traced` send to @param seconds of each of them
 */
export async function measurePrice(
  platform: StartedPlatform,
  endpoint: string,
  seconds: number,
): Promise<Price> {
  const content = await serviceOrigin(platform, 'content');
  const env = {
    ...platform.place.env,
    CONTENT_URL: content,
    READER_URL: content,
    FALKORDB_URL: await storeAddress(platform, 'falkordb'),
    REDIS_URL: await storeAddress(platform, 'redis'),
    LOG_LEVEL: 'info',
  };
  const subjects = new Map<string, Subject>();
  const recording = new AbortController();
  try {
    for (const service of services) {
      for (const kind of kinds) {
        const program = `services/${service}/src/main.ts`;
        const server = await startServer(program, [], { ...env, ...ownOf(kind, endpoint) });
        await answers(`${server.origin}${path}`); // the corpus is loaded
        subjects.set(`${service} ${kind}`, {
          server,
          path,
          headers: async () => (kind === 'traced' ? { traceparent: sampled } : {}),
          settleMs: kind === 'traced' ? 50 : 0, // spans are sent after the answers
        });
      }
    }
    const recorded = services.flatMap((one) => subjects.get(`${one} recorded`)?.server ?? []);
    await Promise.all(
      recorded.map(({ origin }) => pull(origin, pulls['a profile of the heap'].path)),
    );
    const kept = recorded.map(({ origin }) => keepRecording(origin, recording.signal));
    const turns = await takeTurns(subjects, seconds);
    recording.abort();
    await Promise.all(kept);
    const pullOf = async (name: Pull): Promise<number> => {
      const costs = [];
      for (const server of recorded) costs.push(await costOfPull(server, pulls[name].path));
      return costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
    };
    return {
      request: {
        plain: chapterOf(turns, 'plain'),
        again: chapterOf(turns, 'again'),
        untraced: chapterOf(turns, 'untraced'),
        uncounted: chapterOf(turns, 'uncounted'),
        traced: chapterOf(turns, 'traced'),
        recorded: chapterOf(turns, 'recorded'),
      },
      pull: {
        'reading metrics': await pullOf('reading metrics'),
        'ending a recording': await pullOf('ending a recording'),
        'a profile of the heap': await pullOf('a profile of the heap'),
      },
    };
  } finally {
    recording.abort();
    await Promise.all([...subjects.values()].map(({ server }) => server.stop()));
  }
}

function ownOf(kind: Kind, endpoint: string): NodeJS.ProcessEnv {
  if (kind === 'traced')
    return { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: '1' };
  if (kind !== 'untraced' && kind !== 'uncounted') return {};
  const stubs = join(import.meta.dirname, 'telemetry-stubs.main.ts');
  return { NODE_OPTIONS: `--import=${stubs}`, WITHOUT_TELEMETRY: kind };
}

function chapterOf(turns: Turns, kind: Kind): number {
  return services.reduce((sum, service) => sum + costOf(turns, `${service} ${kind}`), 0);
}

/** One recording after the other, each as long as the agent's: what is measured meanwhile are samples, not ends. */
async function keepRecording(origin: string, signal: AbortSignal): Promise<void> {
  const recorded = '/debug/pprof/profile?seconds=59';
  while (!signal.aborted) await pull(origin, recorded, signal).catch(() => undefined);
}

async function pull(origin: string, what: string, signal?: AbortSignal): Promise<void> {
  const response = await fetch(`${origin}${what}`, signal && { signal });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${what} was answered with ${response.status}`);
}

/** The processor time that a pull adds to the same requests; the median of some. */
async function costOfPull(
  { origin, cpuMicroseconds }: ServerProcess,
  what: string,
): Promise<number> {
  const pool = openPool(origin);
  const costs: number[] = [];
  try {
    for (let i = 0; i < tries; i += 1) {
      const before = cpuMicroseconds();
      await ask(pool, path, {}, requestsWithPull);
      const between = cpuMicroseconds();
      await pull(origin, what);
      await ask(pool, path, {}, requestsWithPull);
      costs.push(cpuMicroseconds() - between - (between - before));
    }
  } finally {
    await pool.close();
  }
  return median(costs);
}

/** Seconds between two scrapes of a block of the agent's configuration. */
function intervalOf(block: string): number {
  const agent = readFileSync(join(repository, 'infra/observability/alloy/signals.alloy'), 'utf8');
  const own = agent.split(`${block} {`)[1] ?? '';
  const [, number, unit] = /^ {2}scrape_interval\s+= "(\d+)([sm])"$/m.exec(own) ?? [];
  if (number === undefined) throw new Error(`the agent's ${block} says no interval`);
  return Number(number) * (unit === 'm' ? 60 : 1);
}
