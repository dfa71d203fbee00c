import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, openAccount } from '../account.ts';
import type { StartedPlatform } from '../platform.ts';
import { atLeast, atMost, type Figure } from './figure.ts';
import {
  acrossRounds,
  costOf,
  type Spread,
  type Subject,
  type Turns,
  takeTurns,
} from './processor.cost.ts';
import { type ServerProcess, startServer } from './server.process.ts';
import { type ServingOptions, serviceOrigin, storeAddress } from './serving.bench.ts';

/** Microseconds that the duty burns that is planted, to see whether it is found. */
const PLANTED = 8;

/**
 * What each duty of the gateway costs: processor time for a request of a gateway that lacks it, before the same content
 * service. Two controls say what the figures are worth: the same gateway once more, and one with a duty of a known cost.
 */
export async function benchGateway(
  platform: StartedPlatform,
  { seconds, rounds }: ServingOptions,
): Promise<Figure[]> {
  const found: Turns[] = [];
  const account = await openAccount(platform.place);
  // New processes each round: how V8 happened to compile one is worth several per cent.
  for (let round = 0; round < rounds; round += 1)
    found.push(await oneRound(platform, account, seconds));

  const cost = (name: string): Spread => acrossRounds(found, (turns) => costOf(turns, name));
  const share = (name: string): Spread =>
    acrossRounds(found, (turns) => (1 - costOf(turns, name) / costOf(turns, 'whole')) * 100);
  const whole = cost('whole');
  const bare = acrossRounds(found, (turns) => costOf(turns, 'bare') / costOf(turns, 'whole'));
  const planted = acrossRounds(found, (turns) => costOf(turns, 'planted') - costOf(turns, 'whole'));
  const again = share('again');
  const duty = (name: string): Figure => {
    const without = `without: ${cost(name).value.toFixed(1)} µs`;
    return atMost(
      `  of it for ${name}`,
      share(name).value,
      '%',
      8,
      `${range(share(name))}; ${without}`,
    );
  };
  return [
    {
      name: 'processor time of the gateway for a request',
      value: whole.value,
      unit: 'µs',
      note: `${range(whole)} in ${rounds} rounds of ${seconds} s each in turns; with a token, limits, log and headers`,
    },
    atLeast(
      '  of it a bare proxy needs',
      bare.value,
      '',
      0.75,
      `${range(bare, 2)}; ${cost('bare').value.toFixed(1)} µs`,
    ),
    ...['tokens', 'limits', 'headers', 'log'].map(duty),
    atMost('  control: off for the same once more', Math.abs(again.value), '%', 2, range(again)),
    atMost(
      `  control: off for a planted ${PLANTED} µs`,
      Math.abs(planted.value - PLANTED),
      'µs',
      2,
      `found ${planted.value.toFixed(1)}, ${range(planted)}`,
    ),
  ];
}

function range({ low, high }: Spread, digits = 1): string {
  return `${low.toFixed(digits)} to ${high.toFixed(digits)}`;
}

async function oneRound(
  platform: StartedPlatform,
  account: Account,
  seconds: number,
): Promise<Turns> {
  const [content, accounts] = await Promise.all(
    ['content', 'accounts'].map((name) => serviceOrigin(platform, name)),
  );
  const env = {
    ...platform.place.env,
    CONTENT_URL: content,
    READER_URL: content,
    ACCOUNTS_URL: accounts,
    PUBLIC_URL: platform.origin,
    REDIS_URL: await storeAddress(platform, 'redis'),
    LOG_LEVEL: 'info',
  };
  const headers = async () => ({ authorization: `Bearer ${await account.token()}` });
  const path = '/api/v1/chapters/alma.32';
  const subjects = new Map<string, Subject>();
  const gateway = async (name: string, args: string[], own: NodeJS.ProcessEnv = {}) => {
    const program = 'services/gateway/src/testing/duty.main.ts';
    const server = await startServer(program, args, { ...env, ...own });
    subjects.set(name, { server, path, headers });
    await reachesRedis(server);
    return server;
  };
  try {
    const whole = await gateway('whole', []);
    subjects.set('tokens', { server: whole, path });
    await gateway('again', []);
    await gateway('planted', ['planted', String(PLANTED)]);
    await gateway('limits', ['limits']);
    await gateway('headers', ['headers']);
    await gateway('log', [], { ACCESS_LOG: 'none' });
    // It is sent what the whole gateway is, and passes it on.
    const bare = await startServer('e2e/src/bench/proxy.main.ts', [content ?? '']);
    subjects.set('bare', { server: bare, path, headers });
    return await takeTurns(subjects, seconds);
  } finally {
    await Promise.all([...subjects.values()].map(({ server }) => server.stop()));
  }
}

/** Without Redis a gateway verifies tokens anew and shares no counts: what it costs then is another question. */
async function reachesRedis({ origin }: ServerProcess): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const metrics = await (await fetch(`${origin}/metrics`)).text();
    if (/^gateway_rate_limit_shared\{.*\} 1$/m.test(metrics)) return;
    await sleep(100);
  }
  throw new Error(`the gateway at ${origin} did not reach Redis within ten seconds`);
}
