import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startTimeout } from './store.timeout.ts';

/** Blocks the event loop. */
function hold(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end; );
}

it('is over when its time is over', async () => {
  let late = false;
  startTimeout(120, () => {
    late = true;
  });
  await sleep(60);
  expect(late).toBe(false);
  await expect.poll(() => late).toBe(true);
});

it('does not count the time in which this process did nothing but its own work', async () => {
  let late = false;
  const end = startTimeout(200, () => {
    late = true;
  });
  hold(300);
  await sleep(10);
  expect(late).toBe(false);
  end();
});

it('never calls once it is ended', async () => {
  let late = false;
  startTimeout(1, () => {
    late = true;
  })();
  await sleep(20);
  expect(late).toBe(false);
});
