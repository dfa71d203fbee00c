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

/**
 * Two platforms, one that sends a tenth of its traces to a collector on this machine and one that sends nothing, loaded in
 * turns with a chapter through the gateway; then the first with metrics and profiles pulled as well, as the agent does.
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
    await measure(plain);
    await measure(traced);
    const lost = { traces: [] as number[], all: [] as number[] };
    const usual: number[] = [];
    let pulled = 0;
    for (let round = 0; round < rounds; round += 1) {
      const before = await measure(plain);
      const tracing = await measure(traced);
      const agent = await pullSignals(traced);
      const all = await measure(traced);
      pulled += await agent.stop();
      const without = (before + (await measure(plain))) / 2;
      usual.push(without);
      lost.traces.push(1 - without / tracing);
      lost.all.push(1 - without / all);
    }
    if (received === 0) throw new Error('the collector received no trace, so nothing was measured');
    if (pulled === 0) throw new Error('no profile was pulled, so nothing was measured');
    const spread = (of: number[]): string =>
      `rounds ${of.map((share) => `${(share * 100).toFixed(1)} %`).join(', ')}; ${Math.round(median(usual) * 1e6)} µs a request without`;
    const name = (what: string): string => `throughput lost to ${what}, by processor time`;
    return [
      atMost(name('traces, 10 % sampled'), median(lost.traces) * 100, '%', 10, spread(lost.traces)),
      atMost(
        name('traces, metrics and profiles'),
        median(lost.all) * 100,
        '%',
        10,
        spread(lost.all),
      ),
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

/** Metrics and profiles of every service, over and over, until it is stopped with how many profiles came. */
async function pullSignals(platform: StartedPlatform): Promise<{ stop(): Promise<number> }> {
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
  const scrapes = setInterval(() => {
    for (const port of ports) void get(port, '/metrics');
  }, scrapeEveryMs);
  const pulls = ports.map(async (port) => {
    while (!stopping.signal.aborted) {
      if (await get(port, '/debug/pprof/profile?seconds=2')) profiles += 1;
    }
  });
  return {
    async stop() {
      stopping.abort();
      clearInterval(scrapes);
      await Promise.all(pulls);
      return profiles;
    },
  };
}
