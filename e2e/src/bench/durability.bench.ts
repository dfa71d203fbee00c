import { randomInt } from 'node:crypto';
import { runDurability } from '../durability/run.ts';
import { generousEnvironment } from '../generous.environment.ts';
import { startPlatform } from '../platform.ts';
import { atLeast, atMost, type Figure } from './figure.ts';

/** The long form of the durability test: tokens expire on the way, and parts live long enough to be well again. */
export async function benchDurability(requests: number): Promise<Figure[]> {
  const env = { ...generousEnvironment, TOKEN_LIFETIME_SECONDS: '40' };
  const platform = await startPlatform({ env });
  try {
    const seed = Number(process.env.DURABILITY_SEED ?? randomInt(2 ** 31));
    const report = await runDurability(platform.place, {
      seed,
      writers: 12,
      readers: 8,
      kills: 32,
      gap: [2000, 8000],
      atLeast: { writes: 2000, requests },
    });
    const { acknowledged, kills, unanswered, refused, replayed, seconds, contentBack } = report;
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
      atMost(
        '  answers that nobody should get',
        report.faults.length,
        '',
        0,
        `of ${report.requests} requests, chapters read among them`,
      ),
      atMost('  answers 502 and 504', report.unwelcome, '', 0),
      atMost(
        '  content serves again after its kill: longest',
        Math.max(...contentBack),
        's',
        5,
        contentBack.map((one) => one.toFixed(1)).join(', '),
      ),
    ];
  } finally {
    await platform.stop();
  }
}
