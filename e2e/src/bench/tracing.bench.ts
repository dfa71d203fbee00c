import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generousEnvironment } from '../generous.environment.ts';
import { type StartedPlatform, startPlatform } from '../platform.ts';
import { atMost, type Figure } from './figure.ts';
import { load, median } from './load.ts';

/**
 * Two platforms, one tracing a tenth of its requests to a collector on this machine and one not,
 * loaded in turns with chapters, connections and searches.
 */
export async function benchTracing(rounds: number, seconds: number): Promise<Figure[]> {
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
    const rates = { plain: [] as number[], traced: [] as number[] };
    const measure = async (origin: string): Promise<number> =>
      (await load({ origin, paths, connections: 32, seconds })).requestsPerSecond;
    await measure(plain.origin);
    await measure(traced.origin);
    for (let round = 0; round < rounds; round += 1) {
      rates.plain.push(await measure(plain.origin));
      rates.traced.push(await measure(traced.origin));
    }
    if (received === 0) throw new Error('the collector received no trace, so nothing was measured');
    const lost = 1 - median(rates.traced) / median(rates.plain);
    const note = `${Math.round(median(rates.plain))} req/s without, ${Math.round(median(rates.traced))} with; ${Math.round(received / 1024)} KiB of spans arrived`;
    return [atMost('throughput lost to tracing, 10 % sampled', lost * 100, '%', 20, note)];
  } finally {
    await traced?.stop();
    await plain.stop();
    collector.close();
  }
}

const paths = [
  '/api/v1/chapters/alma.32',
  '/api/v1/passages/john.3.16/connections',
  '/api/v1/search?q=faith%20hope%20charity',
];
