import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Platform, repository, startPlatform } from '../platform.ts';
import { atMost, type Figure } from './figure.ts';

const run = promisify(execFile);

/** A fresh clone with an empty home: install, stores, build, ingest, until the first page is served. */
export async function benchFreshClone(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gospelib-fresh-'));
  try {
    const root = join(folder, 'gospelib');
    const home = join(folder, 'home');
    await mkdir(home);
    await run('git', ['clone', '--quiet', repository, root]);
    const start = performance.now();
    const platform = await startPlatform({
      root,
      env: { HOME: home, XDG_CACHE_HOME: '', NX_CACHE_DIRECTORY: '' },
      data: join(folder, 'data'),
    });
    try {
      const page = await fetch(platform.origin);
      if (!page.ok) throw new Error(`the first page answered ${page.status}`);
      const seconds = (performance.now() - start) / 1000;
      return [
        atMost('fresh clone, empty home → first page', seconds, 's', 120, 'downloads included'),
      ];
    } finally {
      await platform.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `./gl up` on a data folder that has its corpus. */
export async function benchWarmStart(rounds: number): Promise<Figure[]> {
  const data = await mkdtemp(join(tmpdir(), 'gospelib-warm-'));
  try {
    await (await startPlatform({ data })).stop();
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const platform = await startPlatform({ data });
      seconds.push(platform.startSeconds);
      await platform.stop();
    }
    const note = `slowest of ${rounds}: ${seconds.map((value) => value.toFixed(1)).join(', ')} s`;
    return [atMost('warm ./gl up → ready', Math.max(...seconds), 's', 5, note)];
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

/** What the ingest says of itself. */
interface IngestReport {
  readonly edition: string;
  readonly seconds: number;
  readonly bulkSeconds: number;
  readonly peakMemoryMb: number;
}

const swordFolder = process.env.GOSPELIB_SWORD ?? '/usr/share/sword';

/** The ingest job against a store that serves at the same time; the full corpus where its modules are installed. */
export async function benchIngest(platform: Platform): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [edition, limit] of [
    ['default', 10],
    ['full', 15],
  ] as const) {
    if (edition === 'full' && !existsSync(join(swordFolder, 'mods.d'))) {
      console.warn('The full corpus is not measured: its SWORD modules are not installed.');
      continue;
    }
    const report = await ingest(platform, edition);
    const note = `bare GRAPH.BULK of the same rows: ${report.bulkSeconds.toFixed(1)} s`;
    figures.push(
      atMost(`${edition} corpus: packages → verified and active`, report.seconds, 's', limit, note),
    );
    if (edition === 'default') {
      figures.push(atMost('  peak memory of the ingest', report.peakMemoryMb, 'MB', 700));
    }
  }
  return figures;
}

async function ingest(platform: Platform, edition: 'default' | 'full'): Promise<IngestReport> {
  const folder = await mkdtemp(join(tmpdir(), 'gospelib-ingest-'));
  try {
    const file = join(folder, 'report.json');
    await platform.gl('ingest', '--force', '--edition', edition, '--report', file);
    return JSON.parse(await readFile(file, 'utf8')) as IngestReport;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `./gl status` of a platform that runs, next to Node itself, which has nothing to do. */
export async function benchStatus(platform: Platform, rounds = 11): Promise<Figure[]> {
  await platform.status(); // what it compiles is kept from then on
  const [status, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    let start = performance.now();
    await platform.status();
    status.push((performance.now() - start) / 1000);
    start = performance.now();
    await run(process.execPath, ['--eval', '0']);
    bare.push((performance.now() - start) / 1000);
  }
  const note = `median of ${rounds}, slowest ${Math.max(...status).toFixed(2)} s; Node that does nothing ${median(bare).toFixed(2)} s`;
  return [atMost('./gl status --json', median(status), 's', 0.3, note)];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Resident memory of every service and store, half a minute after the last request. */
export async function benchMemory(platform: Platform): Promise<Figure[]> {
  await new Promise((resolve) => setTimeout(resolve, 30_000));
  const { processes: parts } = await platform.status();
  const known = parts.filter(({ memory }) => memory !== undefined);
  const total = known.reduce((sum, { memory = 0 }) => sum + memory, 0);
  const note = known
    .map(({ name, memory = 0 }) => `${name} ${Math.round(memory / 1e6)}`)
    .join(', ');
  return [atMost('all services and stores at rest', total / 1e6, 'MB', 900, note)];
}
