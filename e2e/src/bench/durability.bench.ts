import { randomInt } from 'node:crypto';
import { runDurability } from '../durability/run.ts';
import { generousEnvironment } from '../generous.environment.ts';
import { startPlatform } from '../platform.ts';
import { atLeast, atMost, type Figure } from './figure.ts';

/** The long form of the durability test: tokens expire on the way, and parts live long enough to be well again. */
export async function benchDurability(): Promise<Figure[]> {
  const env = { ...generousEnvironment, TOKEN_LIFETIME_SECONDS: '40' };
  const platform = await startPlatform({ env });
  try {
    const seed = Number(process.env.DURABILITY_SEED ?? randomInt(2 ** 31));
    const report = await runDurability(platform.place, {
      seed,
      writers: 12,
      kills: 28,
      gap: [2000, 8000],
      atLeast: 2000,
    });
    const { acknowledged, kills, unanswered, refused, replayed, seconds } = report;
    const killed = Object.entries(kills).map(([name, times]) => `${name} ${times}`);
    const bad = [...report.differences, ...report.faults];
    for (const line of bad.slice(0, 20)) process.stderr.write(`  ${line}\n`);
    return [
      atLeast(
        'durability: acknowledged writes',
        acknowledged,
        '',
        2000,
        `in ${Math.round(seconds)} s, seed ${seed}; killed with -9: ${killed.join(', ')}`,
      ),
      atMost(
        '  of them lost, changed, doubled or back again',
        report.differences.length,
        '',
        0,
        `${unanswered} attempts without an answer, ${refused} refused for the moment, ${replayed} found that they were done`,
      ),
      atMost('  answers that nobody should get', report.faults.length, '', 0),
    ];
  } finally {
    await platform.stop();
  }
}
