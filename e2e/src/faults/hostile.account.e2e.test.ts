import { expect, inject, it } from 'vitest';
import { percentile } from '../bench/load.ts';
import { ascending, runSharing } from '../sharing/run.ts';

/** On a machine that does much else single answers are late whoever asks; the bench holds to twice the time alone. */
const alwaysFine = 3000;

/** The long form is `./gl bench --only sharing`. */
it('an account that takes whatever it can get takes nothing from another', async () => {
  const report = await runSharing(inject('place'), { seconds: 2, notes: 60, repeated: 3, slow: 4 });
  const { quiet, busy, failures, studyMemory, hostile } = report;
  const [alone, beside] = [quiet, busy].map((waits) => percentile(ascending(waits), 0.99)) as [
    number,
    number,
  ];
  const numbers = {
    alone,
    beside,
    answers: ascending(busy).length,
    studyMemory,
    hostile: [...hostile],
  };
  console.info(`sharing: ${JSON.stringify(numbers)}`);
  expect(failures).toEqual([]);
  expect(beside).toBeLessThan(Math.max(2 * alone, alwaysFine));
  expect(studyMemory).toBeLessThan(256);
  // Otherwise it was in nobody's way, and nothing was proved.
  expect(hostile.get(200)).toBeGreaterThan(0);
  expect(hostile.get(429)).toBeGreaterThan(0);
});
