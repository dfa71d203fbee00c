import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { platform as catalogue, serviceNames } from '@gospelib/platform';
import type { StartedPlatform } from '../platform.ts';
import { atMost, type Figure } from './figure.ts';
import { median } from './load.ts';
import { confidence } from './mean.confidence.ts';
import type { ServingOptions } from './serving.bench.ts';
import { type Kind, measurePrice, type Price, type Pull, pulls } from './telemetry.price.ts';

/** The share of requests that is traced. */
const share = 0.1;

/**
 * What telemetry takes of the processor time of a chapter. What the agent pulls is measured one by one, and spread over
 * the interval of its configuration: a core that does nothing but answer chapters meanwhile, and six services that are pulled.
 */
export async function benchObserve(
  platform: StartedPlatform,
  { seconds, rounds }: ServingOptions,
): Promise<Figure[]> {
  const collector = await startCollector();
  const found: Price[] = [];
  try {
    // New processes each round: how V8 happened to compile one is worth several per cent.
    for (let round = 0; round < rounds; round += 1)
      found.push(await measurePrice(platform, collector.endpoint, seconds));
  } finally {
    collector.stop();
  }
  if (collector.received() === 0)
    throw new Error('the collector received no trace, so nothing was measured');
  /** Per cent that `more` microseconds take of a request. */
  const lost = (more: (request: Price['request']) => number): number[] =>
    found.map(({ request }) => (more(request) / (request.plain + more(request))) * 100);
  const us = (kind: Kind): string => median(found.map(({ request }) => request[kind])).toFixed(0);
  const part = (name: string, values: readonly number[], note: string): Figure => ({
    name: `  ${name}`,
    value: median(values),
    unit: '%',
    note: `${range(values)}; ${note}`,
  });
  const ofPull = (name: Pull): Figure => {
    const { every } = pulls[name];
    const number = serviceNames(catalogue).length;
    const ms = median(found.map(({ pull }) => pull[name])) / 1000;
    const values = found.map(({ pull }) => (pull[name] * number * 100) / (every * 1e6));
    return part(name, values, `${ms.toFixed(0)} ms each of ${number} services, every ${every} s`);
  };
  const parts = [
    part(
      `traces, ${share * 100} % sampled`,
      lost(({ traced, plain }) => share * (traced - plain)),
      `${us('traced')} µs a request when all are, ${us('plain')} when none`,
    ),
    part(
      'metrics, counted',
      found.map(({ request: { plain, uncounted } }) => (1 - uncounted / plain) * 100),
      `${us('uncounted')} µs without`,
    ),
    ofPull('reading metrics'),
    part(
      'profiles, samples of processor and heap',
      lost(({ recorded, plain }) => recorded - plain),
      `${us('recorded')} µs meanwhile`,
    ),
    ofPull('ending a recording'),
    ofPull('a profile of the heap'),
  ];
  const all = parts.reduce((sum, { value }) => sum + value, 0);
  const off = confidence(
    found.map(({ request: { plain, untraced } }) => (1 - untraced / plain) * 100),
  );
  const again = found.map(({ request }) => (request.again / request.plain - 1) * 100);
  return [
    atMost('throughput lost to everything on, by processor time', all, '%', 10, 'the sum of:'),
    ...parts,
    atMost(
      'lost where no address is configured, upper end',
      off.high,
      '%',
      3,
      `95 % interval ${off.low.toFixed(1)} to ${off.high.toFixed(1)}, mean ${off.mean.toFixed(1)}: ${rounds} pairs with services that lack the calls`,
    ),
    part('control: the same service once more', again, 'of a request'),
  ];
}

function range(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)}`;
}

interface Sink {
  readonly endpoint: string;
  /** Bytes. */
  received(): number;
  stop(): void;
}

/** Takes traces and throws them away. */
async function startCollector(): Promise<Sink> {
  let received = 0;
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => {
      received += chunk.length;
    });
    request.on('end', () =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => received,
    stop: () => void server.close(),
  };
}
