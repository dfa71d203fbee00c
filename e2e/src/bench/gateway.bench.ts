import { openAccount } from '../account.ts';
import type { StartedPlatform } from '../platform.ts';
import { atLeast, atMost, type Figure } from './figure.ts';
import { load, percentile } from './load.ts';
import { type ServerProcess, startServer } from './server.process.ts';
import { type ServingOptions, serviceOrigin } from './serving.bench.ts';

const paths = ['/api/v1/chapters/alma.32'];
const bare = 'bare';
const whole = 'the gateway';

/** A server, and what is sent to it. */
interface Variant {
  readonly server: ServerProcess;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What each duty of the gateway costs: processor time for a request of a gateway that lacks it, before the same content
 * service. The variants take turns, and the best round of each counts, since a busy machine only ever adds to it.
 */
export async function benchGateway(
  platform: StartedPlatform,
  { seconds, rounds }: ServingOptions,
): Promise<Figure[]> {
  const [content, accounts] = await Promise.all(
    ['content', 'accounts'].map((name) => serviceOrigin(platform, name)),
  );
  const env = {
    ...platform.place.env,
    CONTENT_URL: content,
    READER_URL: content,
    ACCOUNTS_URL: accounts,
    PUBLIC_URL: platform.origin,
    REDIS_URL: `redis://127.0.0.1:${(await platform.process('redis')).port}`,
    LOG_LEVEL: 'info',
  };
  const gateway = (without: string, own: NodeJS.ProcessEnv = {}): Promise<ServerProcess> =>
    startServer('services/gateway/src/testing/duty.main.ts', [without], { ...env, ...own });
  const token = await (await openAccount(platform.place)).token();
  const all = await gateway('nothing');
  const headers = { authorization: `Bearer ${token}` };
  const variants = new Map<string, Variant>([
    [whole, { server: all, headers }],
    ['tokens', { server: all }],
    ['limits', { server: await gateway('limits') }],
    ['headers', { server: await gateway('headers') }],
    ['log', { server: await gateway('nothing', { ACCESS_LOG: 'none' }) }],
    // It is sent what the whole gateway is, and passes it on.
    [bare, { server: await startServer('e2e/src/bench/proxy.main.ts', [content ?? '']), headers }],
  ]);
  const cost = await costs(variants, seconds, rounds).finally(() =>
    Promise.all([...variants.values()].map(({ server }) => server.stop())),
  );
  const of = (name: string): number => cost.get(name) ?? Number.NaN;
  // All but the token is compared with a gateway that is sent none.
  const share = (name: string): Figure => {
    const before = name === 'tokens' ? whole : 'tokens';
    const value = (1 - of(name) / of(before)) * 100;
    return atMost(`  of it for ${name}`, value, '%', 8, `without: ${of(name).toFixed(1)} µs`);
  };
  return [
    {
      name: 'processor time of the gateway for a request',
      value: of(whole),
      unit: 'µs',
      note: `best of ${rounds} × ${seconds} s in turns, with a token, limits, log and headers`,
    },
    atLeast(
      '  of it a bare proxy needs',
      of(bare) / of(whole),
      '',
      0.75,
      `${of(bare).toFixed(1)} µs`,
    ),
    ...['tokens', 'limits', 'headers', 'log'].map(share),
  ];
}

/** Microseconds of processor time for a request, by variant. */
async function costs(
  variants: ReadonlyMap<string, Variant>,
  seconds: number,
  rounds: number,
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number[]>([...variants.keys()].map((name) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, { server, headers = {} }] of variants) {
      const before = await server.cpuSeconds();
      const origin = server.origin;
      const done = await load({ origin, paths, connections: 32, seconds, headers });
      if (done.failures > 0) throw new Error(`${name}: ${done.failures} requests failed`);
      const used = (await server.cpuSeconds()) - before;
      // The first round warms up.
      if (round >= 0) found.get(name)?.push((used * 1e6) / (done.requestsPerSecond * seconds));
    }
  }
  const best = (values: readonly number[]): number =>
    percentile(
      [...values].sort((a, b) => a - b),
      0,
    );
  return new Map([...found].map(([name, values]) => [name, best(values)]));
}
