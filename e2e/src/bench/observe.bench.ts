import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { platform as catalogue, serviceNames } from '@gospelib/platform';
import { generousEnvironment } from '../generous.environment.ts';
import { type StartedPlatform, startPlatform } from '../platform.ts';
import { atMost, type Figure } from './figure.ts';
import { load, median } from './load.ts';

const chapter = ['/api/v1/chapters/alma.32'];
/** As the agent asks. */
const scrapeEveryMs = 15_000;

/** What the agent pulls, beside the traces that it is sent. */
type Pulled = 'metrics' | 'profiles';

/**
 * Two platforms, one that sends a tenth of its traces to a collector on this machine and one that sends nothing, loaded in
 * turns with a chapter through the gateway; then the first with metrics pulled as well, and with profiles, as the agent does.
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
        OTEL_TRACES_SAMPLER_ARG: '0.1',
      },
    });
    /** Seconds of the processor that a request takes of all services. */
    const measure = async (platform: StartedPlatform): Promise<number> => {
      const before = await processorTimeOf(platform);
      const { requestsPerSecond } = await load({
        origin: platform.origin,
        paths: chapter,
        connections: 32,
        seconds,
      });
      return ((await processorTimeOf(platform)) - before) / (requestsPerSecond * seconds);
    };
    // Until what is often run is compiled, a request takes twice as long.
    for (const platform of [plain, traced, plain, traced]) await measure(platform);
    const lost = { traces: [] as number[], metrics: [] as number[], all: [] as number[] };
    const usual: number[] = [];
    let profiles = 0;
    for (let round = 0; round < rounds; round += 1) {
      const before = await measure(plain);
      const tracing = await measure(traced);
      const scraped = await measureWith(traced, ['metrics'], seconds, measure);
      const all = await measureWith(traced, ['metrics', 'profiles'], seconds, measure);
      profiles += all.profiles;
      const without = (before + (await measure(plain))) / 2;
      usual.push(without);
      lost.traces.push(1 - without / tracing);
      lost.metrics.push(1 - without / scraped.perRequest);
      lost.all.push(1 - without / all.perRequest);
    }
    if (received === 0) throw new Error('the collector received no trace, so nothing was measured');
    if (profiles === 0) throw new Error('no profile was pulled, so nothing was measured');
    const spread = (of: number[]): string =>
      `rounds ${of.map((share) => `${(share * 100).toFixed(1)} %`).join(', ')}; ${Math.round(median(usual) * 1e6)} µs a request without`;
    const figure = (what: string, of: number[]): Figure =>
      atMost(
        `throughput lost to ${what}, by processor time`,
        median(of) * 100,
        '%',
        10,
        spread(of),
      );
    return [
      figure('traces, 10 % sampled', lost.traces),
      figure('traces and metrics', lost.metrics),
      figure('traces, metrics and profiles', lost.all),
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
