import { randomInt } from 'node:crypto';
import { expect, inject, it } from 'vitest';
import { victims } from '../durability/killer.ts';
import { runDurability } from '../durability/run.ts';

/** A run is repeated with its seed: as far as the moments of the machine can be repeated. */
const seed = Number(process.env.DURABILITY_SEED ?? randomInt(2 ** 31));

/** The long form is `./gl bench --only durability`. */
it('what was acknowledged is there, once and as it was, whatever was killed meanwhile', async () => {
  const report = await runDurability(inject('place'), {
    seed,
    writers: 4,
    readers: 1,
    kills: 6,
    gap: [800, 2000],
    atLeast: { writes: 150, requests: 300 },
  });
  const { faults, differences, ...numbers } = report;
  console.info(`durability: ${JSON.stringify(numbers)}`);
  expect(differences).toEqual([]);
  expect(faults).toEqual([]);
  expect(report.acknowledged).toBeGreaterThanOrEqual(150);
  // Otherwise nothing was in anybody's way, and nothing was proved.
  for (const victim of victims) expect(report.kills[victim], victim).toBeGreaterThan(0);
  expect(report.contentBack.length).toBe(report.kills.content);
  expect(report.unanswered + report.refused).toBeGreaterThan(0);
});
