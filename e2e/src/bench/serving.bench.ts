import { LocalEnvironment, readLocalConfig } from '@gospelib/supervisor';
import { type Platform, repository, type StartedPlatform } from '../platform.ts';
import { atLeast, atMost, type Figure } from './figure.ts';
import { eachOnce, type Load, load, median, percentile } from './load.ts';
import { startNginx } from './nginx.ts';
import { queryMix, type SampleVerse } from './queries.ts';
import { startServer } from './server.process.ts';

export interface ServingOptions {
  /** Seconds of load in each of the rounds. */
  readonly seconds: number;
  readonly rounds: number;
}

/** A chapter through the gateway, a bare proxy, nginx before the same content service, and that itself, in turns. */
export async function benchChapter(
  platform: Platform,
  { seconds, rounds }: ServingOptions,
): Promise<Figure[]> {
  const paths = ['/api/v1/chapters/alma.32'];
  const content = await serviceOrigin(platform, 'content');
  const nginx = await startNginx(content);
  const bare = await startServer('e2e/src/bench/proxy.main.ts', [content]);
  const targets: [string, string][] = [
    ['gateway', platform.origin],
    ['bare', bare.origin],
  ];
  if (nginx !== undefined) targets.push(['nginx', nginx.origin]);
  targets.push(['content', content]);
  const results = new Map<string, Load[]>(targets.map(([name]) => [name, []]));
  try {
    for (const [, origin] of targets) await load({ origin, paths, connections: 32, seconds: 2 });
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, origin] of targets) {
        results.get(name)?.push(await load({ origin, paths, connections: 32, seconds }));
      }
    }
  } finally {
    await Promise.all([nginx?.stop(), bare.stop()]);
  }
  const rate = (name: string): number => medianOf(results.get(name) ?? [], 'requestsPerSecond');
  const gateway = results.get('gateway') ?? [];
  const how = `median of ${rounds} × ${seconds} s, 32 connections, ${gateway[0]?.tool}`;
  const compared: Figure[] = targets.slice(1).map(([name]) => ({
    name: `  ${comparedNames[name]}`,
    value: rate(name),
    unit: 'req/s',
    note: `the gateway reaches ${(rate('gateway') / rate(name)).toFixed(2)} of it; p99 ${medianOf(results.get(name) ?? [], 'p99').toFixed(1)} ms`,
  }));
  return [
    atLeast('chapter through the gateway', rate('gateway'), 'req/s', 8000, how),
    atMost('  p99', medianOf(gateway, 'p99'), 'ms', 15),
    atLeast('  of what the bare proxy does', rate('gateway') / rate('bare'), '', 0.75),
    ...compared,
    atMost('  answers that failed', sum(gateway.map(({ failures }) => failures)), '', 0),
  ];
}

const comparedNames: Readonly<Record<string, string>> = {
  nginx: 'nginx before the same content service',
  bare: 'a bare proxy of node:http and undici',
  content: 'content service directly',
};

/** Search: each of 500 queries once after a start (nothing remembered yet), then the mix over and over. */
export async function benchSearch(
  platform: Platform,
  { seconds, rounds }: ServingOptions,
): Promise<Figure[]> {
  const queries = queryMix(await sampleVerses(platform), 500);
  const paths = queries.map((query) => `/api/v1/search?q=${encodeURIComponent(query)}`);
  const cold = await eachOnce(platform.origin, paths, 16);
  const loads: Load[] = [];
  for (let round = 0; round < rounds; round += 1) {
    loads.push(await load({ origin: platform.origin, paths, connections: 16, seconds }));
  }
  return [
    atMost('search, 500 queries, 16 connections: p50', medianOf(loads, 'p50'), 'ms', 5),
    atMost('  p99', medianOf(loads, 'p99'), 'ms', 30),
    {
      name: '  each query for the first time: p99',
      value: percentile(cold.latencies, 0.99),
      unit: 'ms',
      note: `p50 ${percentile(cold.latencies, 0.5).toFixed(1)} ms, slowest ${percentile(cold.latencies, 1).toFixed(1)} ms; 16 at once, the load's own cost included`,
    },
    atMost(
      '  answers that failed',
      cold.failures + sum(loads.map(({ failures }) => failures)),
      '',
      0,
    ),
  ];
}

/**
 * Connections and study maps of verses that nobody asked for before, so that every one reaches the graph:
 * one after another, as one reader waits for them, and eight at once. A hundred others come first, unmeasured.
 */
export async function benchStudy(platform: Platform): Promise<Figure[]> {
  const ids = (await sampleVerses(platform)).map(({ id }) => id);
  const kinds = [
    ['connections of a verse', 15, (id: string) => `/api/v1/passages/${id}/connections`],
    ['study map of depth 2', 30, (id: string) => `/api/v1/graph/${id}?depth=2`],
  ] as const;
  const figures: Figure[] = [];
  for (const [what, limit, path] of kinds) {
    const paths = ids.map(path);
    await eachOnce(platform.origin, paths.slice(0, 100), 4);
    const alone = await eachOnce(platform.origin, paths.slice(100, 500), 1);
    const eight = await eachOnce(platform.origin, paths.slice(500, 900), 8);
    const p50 = (values: readonly number[]): string =>
      `p50 ${percentile(values, 0.5).toFixed(1)} ms`;
    figures.push(
      atMost(
        `${what}: p99`,
        percentile(alone.latencies, 0.99),
        'ms',
        limit,
        `one reader, ${p50(alone.latencies)}; 400 never asked for before`,
      ),
      {
        name: '  eight at once: p99',
        value: percentile(eight.latencies, 0.99),
        unit: 'ms',
        note: `${p50(eight.latencies)}; both cores busy, the load's own cost included`,
      },
      atMost('  answers that failed', alone.failures + eight.failures, '', 0),
    );
  }
  return figures;
}

export async function serviceOrigin(platform: Platform, name: string): Promise<string> {
  const { port } = await platform.process(name);
  if (port === undefined) throw new Error(`./gl status shows no port of ${name}`);
  return `http://127.0.0.1:${port}`;
}

/** With its password. */
export function storeAddress(
  { place: { data, portBase } }: Pick<StartedPlatform, 'place'>,
  store: 'falkordb' | 'redis',
): Promise<string> {
  const options = { data, portBase: String(portBase) };
  return new LocalEnvironment(readLocalConfig(repository, options, process.env)).storeAddress(
    store,
  );
}

/** Verses from all over the canon: every chapter of twelve books, at a stride. */
async function sampleVerses(
  platform: Platform,
): Promise<(SampleVerse & { readonly id: string })[]> {
  const books = [
    'gen',
    'ps',
    'isa',
    'matt',
    'john',
    'rom',
    '1-ne',
    'alma',
    '3-ne',
    'moro',
    'dc',
    'moses',
  ];
  const chapters = await Promise.all(
    books.flatMap((book) =>
      [1, 3, 5, 7, 10].map(async (number) => {
        const response = await fetch(`${platform.origin}/api/v1/chapters/${book}.${number}`);
        if (!response.ok) return [];
        const chapter = (await response.json()) as {
          reference: string;
          verses: { id: string; number: number; text: string }[];
        };
        return chapter.verses.map(({ id, number, text }) => ({
          id,
          text,
          reference: `${chapter.reference}:${number}`,
        }));
      }),
    ),
  );
  return interleave(chapters);
}

function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) =>
    lists.flatMap((list) => list.slice(i, i + 1)),
  ).flat();
}

function medianOf(loads: readonly Load[], key: 'requestsPerSecond' | 'p50' | 'p99'): number {
  return median(loads.map((one) => one[key]));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
