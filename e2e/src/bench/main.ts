import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { generousEnvironment } from '../generous.environment.ts';
import { startPlatform } from '../platform.ts';
import { benchContract } from './contract.bench.ts';
import { benchDatabase } from './database.bench.ts';
import { benchDurability } from './durability.bench.ts';
import { type Figure, meets, renderTable } from './figure.ts';
import { benchGateway } from './gateway.bench.ts';
import { benchGraph } from './graph.bench.ts';
import { benchObserve } from './observe.bench.ts';
import { benchChapter, benchSearch, benchStudy } from './serving.bench.ts';
import { benchSharing } from './sharing.bench.ts';
import {
  benchFreshClone,
  benchIngest,
  benchMemory,
  benchStatus,
  benchWarmStart,
} from './start.bench.ts';
import { benchStudyWrites } from './study.bench.ts';

import { benchLighthouse, benchScripts } from './web.bench.ts';

const groups = [
  'fresh',
  'status',
  'warm',
  'ingest',
  'memory',
  'serving',
  'gateway',
  'contract',
  'graph',
  'study',
  'sharing',
  'observe',
  'web',
  'durability',
  'database',
] as const;
type Group = (typeof groups)[number];

interface Options {
  readonly only?: readonly Group[];
  readonly seconds: number;
  readonly rounds: number;
  readonly notes: number;
  readonly requests: number;
  readonly seed?: number;
  readonly json: boolean;
  readonly output?: string;
}

const options = new Command()
  .name('gl bench')
  .description('Measures the platform on this machine and prints every figure beside its target.')
  .option('--only <groups>', `comma-separated: ${groups.join(', ')}`, parseGroups)
  .option('--seconds <n>', 'seconds of load in a round', parsePositive, 5)
  .option(
    '--rounds <n>',
    'rounds; what is compared takes turns, the median counts',
    parsePositive,
    3,
  )
  .option(
    '--notes <n>',
    'notes that migrations and backups are measured over',
    parsePositive,
    1_000_000,
  )
  .option('--requests <n>', 'requests that durability is measured over', parsePositive, 100_000)
  .option('--seed <n>', 'checks the contract with other examples than each time', parsePositive)
  .option('--json', 'print JSON instead of the table', false)
  .option('--output <file>', 'also write the JSON to a file')
  .parse()
  .opts<Options>();

const wanted = (group: Group): boolean => options.only?.includes(group) ?? true;
const figures: Figure[] = [];

/** Runs one group and says so on standard error, since a whole run takes minutes. */
async function measure(what: string, bench: () => Promise<Figure[]>): Promise<void> {
  process.stderr.write(`measuring ${what}…\n`);
  figures.push(...(await bench()));
}

if (wanted('fresh')) await measure('a fresh clone', benchFreshClone);
if (wanted('warm')) await measure('a warm start', () => benchWarmStart(options.rounds));
if (
  (
    [
      'status',
      'memory',
      'serving',
      'gateway',
      'contract',
      'study',
      'web',
      'graph',
      'ingest',
      'observe',
    ] as const
  ).some(wanted)
) {
  const platform = await startPlatform({ env: generousEnvironment });
  try {
    if (wanted('status')) await measure('status', () => benchStatus(platform));
    if (wanted('memory')) await measure('memory at rest', () => benchMemory(platform));
    if (wanted('serving')) {
      await measure('connections and maps', () => benchStudy(platform));
      await measure('search', () => benchSearch(platform, options));
      await measure('chapters', () => benchChapter(platform, options));
    }
    if (wanted('gateway')) {
      await measure('the duties of the gateway', () => benchGateway(platform, options));
    }
    if (wanted('observe')) {
      await measure('what watching costs', () => benchObserve(platform, options));
    }
    if (wanted('contract')) {
      await measure('the contract of each API', () => benchContract(platform, options));
    }
    if (wanted('study')) {
      await measure('what readers write', () => benchStudyWrites(platform, options));
    }
    if (wanted('web')) {
      await measure('the web page', () => benchScripts(platform));
      await measure('Lighthouse', () => benchLighthouse(platform));
    }
    if (wanted('graph')) await measure('the graph', () => benchGraph(platform));
    if (wanted('ingest')) await measure('the ingest', () => benchIngest(platform));
  } finally {
    await platform.stop();
  }
}
if (wanted('sharing')) await measure('one account beside a hostile one', benchSharing);
if (wanted('durability')) await measure('durability', () => benchDurability(options.requests));
if (wanted('database')) {
  await measure('migrations and backups', () => benchDatabase(options.notes));
}

const [cpu] = cpus();
const report = {
  time: new Date().toISOString(),
  machine: {
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    node: process.version,
  },
  figures: figures.map((figure) => ({ ...figure, met: meets(figure) })),
};
const json = `${JSON.stringify(report, null, 2)}\n`;
if (options.output !== undefined) await writeFile(options.output, json);
process.stdout.write(options.json ? json : `${renderTable(figures)}\n`);
// Nothing measured is no success either.
const missed = figures.length === 0 || figures.some((figure) => meets(figure) === false);
process.exitCode = missed ? 1 : 0;

function parseGroups(text: string): Group[] {
  return text.split(',').map((name) => {
    const group = groups.find((known) => known === name);
    if (group === undefined) throw new InvalidArgumentError(`one of ${groups.join(', ')}`);
    return group;
  });
}

function parsePositive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('a whole number from 1');
  return value;
}
