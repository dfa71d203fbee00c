import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { platform as catalogue, serviceNames } from '@gospelib/platform';
import { generousEnvironment } from '../generous.environment.ts';
import { type StartedPlatform, startPlatform } from '../platform.ts';
import { atMost, type Figure } from './figure.ts';
import { load } from './load.ts';

const chapter = ['/api/v1/chapters/alma.32'];
/** As the agent asks. */
const scrapeEveryMs = 15_000;

/** What the agent pulls, beside the traces that it is sent. */
type Pulled = 'metrics' | 'profiles';

/** The share of requests that is traced. */
const share = 0.1;

/**
 * Two platforms, one that sends nothing and one that sends the trace of every request to a collector on this machine, loaded
 * in turns with a chapter through the gateway: a tenth of what that takes is the price of a tenth, and ten times as easy to
 * tell from what the machine does besides. Then the first with metrics pulled as the agent does, and with profiles. The least
 * of several rounds counts, since whatever disturbs only adds.
 */
export async function benchObserve(rounds: number, seconds: number): Promise<Figure[]> {
  let received = 0;
  const collector = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => {
      received += chunk.length;
    });
    request.on('end', () =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
    );
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const plain = await startPlatform({ env: generousEnvironment });
  let traced: StartedPlatform | undefined;
  try {
    traced = await startPlatform({
      env: {
        ...generousEnvironment,
        OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
        OTEL_TRACES_SAMPLER_ARG: '1',
      },
    });
    /** Microseconds of the processor that a request takes of all services. */
    const measure = async (platform: StartedPlatform): Promise<number> => {
      const before = await processorTimeOf(platform);
      const { requestsPerSecond } = await load({
        origin: platform.origin,
        paths: chapter,
        connections: 32,
        seconds,
      });
      const used = (await processorTimeOf(platform)) - before;
      return (used / (requestsPerSecond * seconds)) * 1e6;
    };
    // Until what is often run is compiled, a request takes twice as long.
    for (const platform of [plain, traced, plain, traced]) await measure(platform);
    const took = { without: [], traced: [], metrics: [], profiles: [] } as Record<string, number[]>;
    for (let round = 0; round < rounds; round += 1) {
      took.without?.push(await measure(plain));
      took.traced?.push(await measure(traced));
      took.metrics?.push((await measureWith(plain, ['metrics'], seconds, measure)).perRequest);
    }
    // Last: allocations are sampled from the first profile of the heap on.
    let profiles = 0;
    for (let round = 0; round < rounds; round += 1) {
      const all = await measureWith(plain, ['metrics', 'profiles'], seconds, measure);
      took.profiles?.push(all.perRequest);
      profiles += all.profiles;
    }
    if (received === 0) throw new Error('the collector received no trace, so nothing was measured');
    if (profiles === 0) throw new Error('no profile was pulled, so nothing was measured');
    const least = (what: string): number => Math.min(...(took[what] ?? []));
    const without = least('without');
    const traces = share * (least('traced') - without);
    const pulled = least('profiles') - without;
    const lost = (more: number): number => (more / (without + more)) * 100;
    const rest = (what: string): string =>
      `${(took[what] ?? []).map((one) => one.toFixed(0)).join(', ')} µs a request; ${(took.without ?? []).map((one) => one.toFixed(0)).join(', ')} without`;
    const name = (what: string): string => `throughput lost to ${what}, by processor time`;
    return [
      atMost(name('traces, 10 % sampled'), lost(traces), '%', 10, `all traced: ${rest('traced')}`),
      atMost(name('metrics'), lost(least('metrics') - without), '%', 10, rest('metrics')),
      atMost(name('metrics and profiles'), lost(pulled), '%', 10, rest('profiles')),
      atMost(name('all of them'), lost(traces + pulled), '%', 10, 'the sum'),
    ];
  } finally {
    await traced?.stop();
    await plain.stop();
    collector.close();
  }
}

/** Of all services since they were started, in seconds: what a request costs, whatever else the machine does. */
async function processorTimeOf(platform: StartedPlatform): Promise<number> {
  const times = serviceNames(catalogue).map(async (name) => {
    const { port } = await platform.process(name);
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return Number(/^process_cpu_seconds_total\{.*\} ([\d.]+)$/m.exec(text)?.[1]);
  });
  return (await Promise.all(times)).reduce((sum, time) => sum + time, 0);
}

/**
 * A measurement while the agent pulls as it does all day: it has begun before, and each profile lasts a little less
 * than the measurement, so that one of each service ends within it.
 */
async function measureWith(
  platform: StartedPlatform,
  pulled: readonly Pulled[],
  seconds: number,
  measure: (platform: StartedPlatform) => Promise<number>,
): Promise<{ perRequest: number; profiles: number }> {
  const stopping = new AbortController();
  let profiles = 0;
  const names = serviceNames(catalogue);
  const ports = await Promise.all(names.map(async (name) => (await platform.process(name)).port));
  const get = async (port: number | undefined, path: string): Promise<boolean> => {
    try {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { signal: stopping.signal });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false; // stopped
    }
  };
  const everyPort = (path: string) => Promise.all(ports.map((port) => get(port, path)));
  await everyPort('/metrics');
  const timers = [setInterval(() => void everyPort('/metrics'), scrapeEveryMs)];
  const pulls: Promise<void>[] = [];
  if (pulled.includes('profiles')) {
    await Promise.all(['/debug/pprof/profile?seconds=1', '/debug/pprof/heap'].map(everyPort));
    timers.push(setInterval(() => void everyPort('/debug/pprof/heap'), scrapeEveryMs));
    for (const port of ports) {
      pulls.push(
        (async () => {
          while (!stopping.signal.aborted) {
            if (await get(port, `/debug/pprof/profile?seconds=${Math.max(1, seconds - 1)}`))
              profiles += 1;
          }
        })(),
      );
    }
  }
  const perRequest = await measure(platform);
  stopping.abort();
  for (const timer of timers) clearInterval(timer);
  await Promise.all(pulls);
  return { perRequest, profiles };
}
