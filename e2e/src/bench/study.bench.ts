import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { type Account, openAccount } from '../account.ts';
import { ask } from '../http.client.ts';
import type { StartedPlatform } from '../platform.ts';
import { atLeast, atMost, type Figure } from './figure.ts';
import { type Load, load, median, percentile } from './load.ts';
import { benchSaving } from './saving.bench.ts';
import type { ServingOptions } from './serving.bench.ts';

/** What signed-in readers wait for, all of it through the gateway. */
export async function benchStudyWrites(
  platform: StartedPlatform,
  options: ServingOptions,
): Promise<Figure[]> {
  return [
    ...(await benchSignIn(platform)),
    ...(await benchTransfer(platform)),
    ...(await benchSaving(platform, options)),
    ...(await benchSignedIn(platform, options)),
  ];
}

/** One chapter over and over, with a token and without one, in turns. */
async function benchSignedIn(
  { place, origin }: StartedPlatform,
  { seconds, rounds }: ServingOptions,
): Promise<Figure[]> {
  const account = await openAccount(place);
  const read = async (signedIn: boolean, length: number): Promise<Load> =>
    load({
      origin,
      paths: ['/api/v1/chapters/alma.32'],
      connections: 32,
      seconds: length,
      ...(signedIn && { headers: { authorization: `Bearer ${await account.token()}` } }),
    });
  const loads = { out: [] as Load[], in: [] as Load[] };
  await read(false, 2);
  await read(true, 2);
  for (let round = 0; round < rounds; round += 1) {
    loads.out.push(await read(false, seconds));
    loads.in.push(await read(true, seconds));
  }
  const rate = (list: readonly Load[]): number =>
    median(list.map(({ requestsPerSecond }) => requestsPerSecond));
  const failures = [...loads.out, ...loads.in].reduce((sum, one) => sum + one.failures, 0);
  const note = `${Math.round(rate(loads.in))} req/s with a token, ${Math.round(rate(loads.out))} without; 32 connections, ${loads.in[0]?.tool}`;
  return [
    atLeast(
      'signed-in read: share of the signed-out rate',
      rate(loads.in) / rate(loads.out),
      '',
      0.8,
      note,
    ),
    atMost('  answers that failed', failures, '', 0),
  ];
}

const many = 10_000;
const exportType = 'application/x-ndjson';

/** Ten thousand notes out of one account and into another; then a chapter's marks of a reader who has them. */
async function benchTransfer({ place }: StartedPlatform): Promise<Figure[]> {
  const [first, second] = [await openAccount(place), await openAccount(place)];
  await bring(first, notes(many));
  const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
    const start = performance.now();
    const result = await work();
    return [result, (performance.now() - start) / 1000];
  };
  const [out, outSeconds] = await timed(() => first.ask('/api/v1/study/export'));
  const [, inSeconds] = await timed(() => bring(second, out.body));
  const again = await second.ask('/api/v1/study/export');
  const same = again.body.equals(out.body) && out.body.length > many * 100;
  const note = `in ${inSeconds.toFixed(2)} s, out ${outSeconds.toFixed(2)} s, ${Math.round(out.body.length / 1024)} KiB`;
  return [
    atMost(`${many} notes: export and import`, outSeconds + inSeconds, 's', 10, note),
    atLeast('  byte for byte the same, 1 is yes', same ? 1 : 0, '', 1),
    ...(await benchMarks(second, await openAccount(place))),
  ];
}

/** @param without a reader who has nothing: what the same answer costs when there is nothing to find */
async function benchMarks(account: Account, without: Account): Promise<Figure[]> {
  const path = '/api/v1/study/chapters/alma.32/marks';
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const read = async (count: number, reader = account): Promise<number[]> => {
    const latencies: number[] = [];
    for (let i = 0; i < count; i += 1) {
      const start = performance.now();
      const { status } = await reader.ask(path, { agent });
      if (status !== 200) throw new Error(`${path} answered ${status}`);
      latencies.push(performance.now() - start);
    }
    return latencies;
  };
  await read(100);
  await read(100, without);
  const alone: number[] = [];
  const empty: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    alone.push(...(await read(200)));
    empty.push(...(await read(200, without)));
  }
  for (const latencies of [alone, empty]) latencies.sort((a, b) => a - b);
  const eight = (await Promise.all(Array.from({ length: 8 }, () => read(100)))).flat();
  agent.destroy();
  eight.sort((a, b) => a - b);
  const p50 = (values: readonly number[]): string => `p50 ${percentile(values, 0.5).toFixed(1)} ms`;
  return [
    atMost(
      `a chapter's marks among ${many} notes: p99`,
      percentile(alone, 0.99),
      'ms',
      15,
      `one reader, ${p50(alone)}`,
    ),
    {
      name: '  times what a reader without notes waits: p50',
      value: percentile(alone, 0.5) / percentile(empty, 0.5),
      unit: '',
      note: `without: ${p50(empty)}, p99 ${percentile(empty, 0.99).toFixed(1)} ms; both with the cost of the asking`,
    },
    { name: '  eight at once: p99', value: percentile(eight, 0.99), unit: 'ms', note: p50(eight) },
  ];
}

/** Books with as many chapters as here, of two verses and more. */
const books = [
  ['gen', 50],
  ['ps', 150],
  ['isa', 66],
  ['jer', 52],
  ['matt', 28],
  ['alma', 63],
] as const;

/** An export as one would have it: notes spread over the chapters of six books. */
function notes(count: number): Buffer {
  const chapters = books.flatMap(([book, last]) =>
    Array.from({ length: last }, (_, i) => `${book}.${i + 1}`),
  );
  const lines = Array.from({ length: count }, (_, i) => {
    const madeAt = new Date(Date.UTC(2024, 0, 1) + i * 60_000).toISOString();
    const id = `${(0x18cc251f400 + i * 60_000).toString(16).padStart(12, '0')}`;
    const hex = i.toString(16).padStart(12, '0');
    return JSON.stringify({
      type: 'note',
      id: `${id.slice(0, 8)}-${id.slice(8)}-7000-8000-${hex}`,
      version: Date.parse(madeAt),
      createdAt: madeAt,
      updatedAt: madeAt,
      passage: `${chapters[i % chapters.length]}.${(i % 2) + 1}`,
      body: `Note ${i}: faith, hope and charity; see Moroni 7:${(i % 40) + 1} and 1 Cor. 13:13.`,
      tags: [`tag ${i % 20}`],
    });
  });
  const head = '{"type":"gospelib-study","format":1}';
  return Buffer.from(`${[head, ...lines, `{"type":"end","lines":${count}}`].join('\n')}\n`);
}

async function bring(account: Account, body: Buffer): Promise<void> {
  const headers = { 'content-type': exportType, 'idempotency-key': randomUUID() };
  const answer = await account.ask('/api/v1/study/import', { method: 'POST', headers, body });
  const { added } = answer.json<{ added?: number }>();
  if (added !== many) throw new Error(`the import answered ${answer.status}: ${answer.text}`);
}

/** A password checked, a session made: one after the other. */
async function benchSignIn({ place, origin }: StartedPlatform): Promise<Figure[]> {
  const { email, password, from } = await openAccount(place);
  const latencies: number[] = [];
  for (let i = 0; i < 40; i += 1) {
    const start = performance.now();
    const { status, text } = await ask(`${origin}/api/v1/auth/sign-in/email`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
      from,
    });
    if (status !== 200) throw new Error(`signing in answered ${status}: ${text}`);
    latencies.push(performance.now() - start);
  }
  latencies.sort((a, b) => a - b);
  const note = `p99 ${percentile(latencies, 0.99).toFixed(0)} ms; nearly all of it the password's hash`;
  return [{ name: 'sign-in: p50', value: percentile(latencies, 0.5), unit: 'ms', note }];
}
