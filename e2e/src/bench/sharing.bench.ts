import type { StartedPlatform } from '../platform.ts';
import { runSharing } from '../sharing/run.ts';
import { atMost, type Figure } from './figure.ts';
import { percentile } from './load.ts';

/** The long form of the test with a hostile account. */
export async function benchSharing({ place }: StartedPlatform): Promise<Figure[]> {
  const report = await runSharing(place, { seconds: 15, notes: 400, repeated: 8, slow: 20 });
  const { quiet, busy, failures, studyMemory, longest, hostile } = report;
  const described = (waits: readonly number[]): string =>
    `p50 ${percentile(waits, 0.5).toFixed(1)} ms, p99 ${percentile(waits, 0.99).toFixed(1)} ms of ${waits.length}`;
  const longestWaits = [...longest].map(([path, ms]) => `${path} ${Math.round(ms)} ms`).join(', ');
  const answers = [...hostile]
    .map(([status, count]) => `${count} × ${status || 'none'}`)
    .join(', ');
  for (const failure of failures.slice(0, 20)) process.stderr.write(`  ${failure}\n`);
  return [
    atMost(
      'an account beside a hostile one: p99, times alone',
      percentile(busy, 0.99) / percentile(quiet, 0.99),
      '',
      2,
      `alone ${described(quiet)}; beside it ${described(busy)}; longest: ${longestWaits}`,
    ),
    atMost('  answers that were no success', failures.length, '', 0),
    atMost(
      '  most memory of study',
      studyMemory,
      'MiB',
      256,
      `the hostile account, with 24 MB of notes, was answered ${answers}`,
    ),
  ];
}
