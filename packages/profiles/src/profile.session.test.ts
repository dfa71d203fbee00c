import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { ProfileSession } from './profile.session.ts';

const session = new ProfileSession();
afterEach(() => session.close());
const never = new AbortController().signal;

async function record(seconds: number): Promise<{ seconds: number; beganInMs: number }> {
  const asked = performance.now();
  const recording = session.recordCpu(seconds, never);
  await wait(0);
  const beganInMs = performance.now() - asked;
  const profile = await recording;
  if (profile === undefined) throw new Error('Another recording runs.');
  return { seconds: (profile.endTime - profile.startTime) / 1e6, beganInMs };
}

it('a recording that follows another begins at once, and has its own time alone', async () => {
  const first = await record(0.2);
  await wait(200); // as an agent pauses between two pulls
  const second = await record(0.2);
  expect(second.seconds).toBeGreaterThan(0.15);
  expect(second.seconds).toBeLessThan(0.35);
  expect(second.beganInMs).toBeLessThan(first.beganInMs / 2);
});
