import type { Platform } from '../platform.ts';
import { atMost, type Figure } from './figure.ts';
import { eachOnce, percentile } from './load.ts';
import { serviceOrigin } from './serving.bench.ts';

/** Readers of what is not remembered yet, a few at a time: each word of the dictionaries is asked for once. */
const IN_FLIGHT = 2;
const PIECE = 100;

interface Backup {
  readonly id: string;
  readonly seconds: number;
  readonly verified: { readonly seconds: number };
  readonly files: readonly { readonly bytes: number }[];
}

/** Verification, the way back, backup and restore of the graph, and what readers notice of the first and the third. */
export async function benchGraph(platform: Platform): Promise<Figure[]> {
  const paths = wordPaths();
  const quiet = await readBeside(platform, paths, new Promise((done) => setTimeout(done, 3_000)));
  const verifying = gl<{ seconds: number; version: string }>(platform, 'verify');
  const besideVerify = await readBeside(platform, paths, verifying);
  const { seconds: verify, version } = await verifying;
  const backing = gl<Backup>(platform, 'backup');
  const besideBackup = await readBeside(platform, paths, backing);
  const backup = await backing;
  const activated = await gl<{ seconds: number }>(platform, 'activate', version);
  const fast = await gl<{ seconds: number }>(platform, 'restore', backup.id, '--form', 'fast');
  const neutral = await gl<{ seconds: number }>(
    platform,
    'restore',
    backup.id,
    '--form',
    'neutral',
  );
  const megabytes = backup.files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  const check = await quickCheck(platform);
  return [
    atMost('graph: verified on demand', verify, 's', 2),
    atMost('  a quick check of the auditor', check * 1000, 'ms', 100, 'every five seconds'),
    atMost('  back on a version, verified', activated.seconds, 's', 2),
    atMost('  backup taken', backup.seconds, 's', 5, `${megabytes.toFixed(1)} MB, both forms`),
    { name: '  … both forms restored and verified', value: backup.verified.seconds, unit: 's' },
    atMost('  restored from the fast form', fast.seconds, 's', 20, 'with its spare, verified'),
    atMost(
      '  restored from the neutral form',
      neutral.seconds,
      's',
      20,
      'with its spare, verified',
    ),
    { name: '  readers’ p99 at rest', value: quiet, unit: 'ms', note: 'words, each once' },
    atMost('  … while it is verified, times that', besideVerify / quiet, '×', 2),
    atMost('  … while it is backed up, times that', besideBackup / quiet, '×', 2),
  ];
}

async function gl<T>(platform: Platform, ...args: string[]): Promise<T> {
  return JSON.parse(await platform.gl('graph', ...args, '--json')) as T;
}

function* wordPaths(): Generator<string> {
  for (let number = 1; number <= 8_674; number += 1) yield `/api/v1/words/H${number}`;
  for (let number = 1; number <= 5_624; number += 1) yield `/api/v1/words/G${number}`;
}

/** The readers' 99th percentile until some work is done, in milliseconds. @throws Error when paths run out before */
async function readBeside(
  platform: Platform,
  paths: Iterator<string>,
  work: Promise<unknown>,
): Promise<number> {
  let done = false;
  const over = () => {
    done = true;
  };
  void work.then(over, over);
  const latencies: number[] = [];
  while (!done) {
    const piece = Array.from({ length: PIECE }, () => paths.next().value).filter(
      (path) => path !== undefined,
    );
    if (piece.length === 0)
      throw new Error('The words ran out: readers would get what is remembered.');
    latencies.push(...(await eachOnce(platform.origin, piece, IN_FLIGHT)).latencies);
  }
  return percentile(
    latencies.sort((a, b) => a - b),
    0.99,
  );
}

/** Seconds that the last quick check took, as the auditor reports. */
async function quickCheck(platform: Platform): Promise<number> {
  const metrics = await (await fetch(`${await serviceOrigin(platform, 'auditor')}/metrics`)).text();
  const seconds = /^gospelib_graph_check_duration_seconds\{.*\} (\S+)$/m.exec(metrics)?.[1];
  if (seconds === undefined) throw new Error('The auditor reports no quick check.');
  return Number(seconds);
}
