import { generousEnvironment } from '../generous.environment.ts';
import { type Place, startPlatform } from '../platform.ts';
import { ascending, runSharing, type Waits } from '../sharing/run.ts';
import { atMost, type Figure } from './figure.ts';
import { percentile } from './load.ts';

/**
 * The long form of the test with a hostile account, on a platform of its own: the limits of requests a minute do not
 * count, since they would soon silence it, but what an account may take of the services' work is as it is by default.
 */
export async function benchSharing(): Promise<Figure[]> {
  const { WORK_MS_PER_USER: _, ...env } = generousEnvironment;
  const platform = await startPlatform({ env });
  try {
    return await measured(platform.place);
  } finally {
    await platform.stop();
  }
}

async function measured(place: Place): Promise<Figure[]> {
  const report = await runSharing(place, { seconds: 15, notes: 400, repeated: 8, slow: 20 });
  const { quiet, busy, failures, studyMemory, processors, hostile } = report;
  const [alone, beside] = [ascending(quiet), ascending(busy)];
  const answers = [...hostile]
    .map(([status, count]) => `${count} × ${status || 'none'}`)
    .join(', ');
  const used = [...processors].filter(([, share]) => share >= 0.005);
  const taken = used.map(([name, share]) => `${name} ${share.toFixed(2)}`).join(', ');
  for (const failure of failures.slice(0, 20)) process.stderr.write(`  ${failure}\n`);
  return [
    atMost(
      'an account beside a hostile one: p99, times alone',
      percentile(beside, 0.99) / percentile(alone, 0.99),
      '',
      2,
      `alone ${described(alone)}; beside it ${described(beside)}`,
    ),
    ...[...busy.keys()].map((path) => {
      const of = (waits: Waits): number[] => ascending(new Map([[path, waits.get(path) ?? []]]));
      const [before, now] = [of(quiet), of(busy)];
      return {
        name: `  ${path}`,
        value: percentile(now, 0.99) / percentile(before, 0.99),
        unit: '',
        note: `alone ${described(before)}; beside it ${described(now)}`,
      };
    }),
    atMost('  answers that were no success', failures.length, '', 0),
    atMost(
      '  most memory of study',
      studyMemory,
      'MiB',
      256,
      `the hostile account, with 24 MB of notes, was answered ${answers}`,
    ),
    {
      name: '  processors in use',
      value: used.reduce((sum, [, share]) => sum + share, 0),
      unit: 'cores',
      note: taken,
    },
  ];
}

function described(waits: readonly number[]): string {
  return `p50 ${percentile(waits, 0.5).toFixed(1)} ms, p99 ${percentile(waits, 0.99).toFixed(1)} ms of ${waits.length}`;
}
