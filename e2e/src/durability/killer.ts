import { setTimeout as sleep } from 'node:timers/promises';
import type { Platform } from '../platform.ts';
import type { Random } from './random.ts';

export const victims = ['postgresql', 'study', 'gateway', 'accounts', 'content'] as const;
export type Victim = (typeof victims)[number];

/** Kills parts at random moments with SIGKILL, each at least once, two at a time now and then. @returns how often each was */
export async function killAround(
  platform: Platform,
  random: Random,
  { kills, gap: [from, to] }: { readonly kills: number; readonly gap: readonly [number, number] },
  killed: (victim: Victim) => void,
): Promise<Record<Victim, number>> {
  const counts = { postgresql: 0, study: 0, gateway: 0, accounts: 0, content: 0 };
  const plan = shuffled(random, kills);
  while (plan.length > 0) {
    await sleep(random.between(from, to));
    const doomed = plan.splice(0, random.next() < 0.25 ? 2 : 1);
    const { processes } = await platform.status();
    for (const name of doomed) {
      const pid = processes.find((part) => part.name === name)?.pid;
      // What is down already is struck later.
      if (pid === undefined || !kill(pid)) plan.push(name);
      else {
        counts[name] += 1;
        killed(name);
      }
    }
  }
  return counts;
}

/** Each of them, and more often those that keep and those that answer. */
function shuffled(random: Random, kills: number): Victim[] {
  const often = [...victims, 'postgresql', 'study', 'gateway'] as const;
  const plan = Array.from({ length: kills }, (_, i) => often[i % often.length] as Victim);
  for (let i = plan.length - 1; i > 0; i -= 1) {
    const j = random.between(0, i);
    [plan[i], plan[j]] = [plan[j] as Victim, plan[i] as Victim];
  }
  return plan;
}

function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** Resolves when every part answers again. */
export async function allReady(platform: Platform, limit = 180_000): Promise<void> {
  const start = performance.now();
  for (;;) {
    const { processes } = await platform.status();
    const away = processes.filter(({ state }) => state !== 'ready');
    if (away.length === 0 && processes.length > 0) return;
    if (performance.now() - start > limit) {
      throw new Error(`${away.map(({ name }) => name).join(', ')} did not come back`);
    }
    await sleep(250);
  }
}
