import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Slots } from './slots.ts';

const limits = { perUser: 2, atOnce: 3, waiting: 2, patienceMs: 60_000 };

/** Asks for slots and notes who got one. */
function asking(slots: Slots) {
  const held: string[] = [];
  const releases: (() => void)[] = [];
  return {
    held,
    ask: (userId: string) =>
      slots.enter(userId).then((release) => {
        held.push(userId);
        releases.push(release);
      }),
    release: async () => {
      releases.shift()?.();
      await sleep(0);
    },
  };
}

it('gives each user a few, and makes lines take turns', async () => {
  const { held, ask, release } = asking(new Slots('imports', limits));
  const all = ['a', 'a', 'a', 'a', 'b', 'b', 'c'].map(ask);
  await sleep(0);
  // `a` has two and waits for itself; `b` and `c` wait for the third slot of all.
  expect(held).toEqual(['a', 'a', 'b']);
  await release();
  expect(held).toEqual(['a', 'a', 'b', 'a']);
  await release();
  expect(held).toEqual(['a', 'a', 'b', 'a', 'b']);
  await release();
  expect(held).toEqual(['a', 'a', 'b', 'a', 'b', 'c']);
  for (let i = 0; i < 4; i += 1) await release();
  await Promise.all(all);
  expect(held.toSorted()).toEqual(['a', 'a', 'a', 'a', 'b', 'b', 'c']);
});

it('refuses who has too many waiting, and who waited too long', async () => {
  const slots = new Slots('imports', { ...limits, patienceMs: 20 });
  const { ask } = asking(slots);
  const own = ['a', 'a', 'a', 'a'].map(ask);
  await expect(ask('a')).rejects.toMatchObject({ code: 'too-many-requests' });
  await expect(own[2]).rejects.toMatchObject({ code: 'unavailable' });
  await expect(own[3]).rejects.toMatchObject({ code: 'unavailable' });
  await ask('b');
  await expect(ask('c')).rejects.toMatchObject({ code: 'unavailable' });
});

it('refuses who has too many waiting for the slots of others, too', async () => {
  const { held, ask, release } = asking(new Slots('imports', limits));
  const all = ['b', 'b', 'c', 'a', 'a', 'a', 'a'].map(ask);
  await expect(ask('a')).rejects.toMatchObject({ code: 'too-many-requests' });
  await sleep(0);
  expect(held).toEqual(['b', 'b', 'c']);
  for (let i = 0; i < 7; i += 1) await release();
  await Promise.all(all);
});

it('gives a slot back when the work fails', async () => {
  const slots = new Slots('imports', { ...limits, perUser: 1 });
  const failing = () => slots.run('a', () => Promise.reject(new Error('no')));
  await expect(failing()).rejects.toThrow('no');
  expect(await slots.run('a', () => Promise.resolve('yes'))).toBe('yes');
});

it('lets the slot of long work rest, not the slot of others', async () => {
  const slots = new Slots('searches', {
    ...limits,
    perUser: 1,
    atOnce: 1,
    rest: { afterMs: 20, times: 4 },
  });
  await slots.run('a', () => sleep(40));
  const [order, start] = [[] as string[], performance.now()];
  const noted = (userId: string) => slots.run(userId, async () => void order.push(userId));
  await Promise.all([noted('a'), noted('b')]);
  expect(order).toEqual(['b', 'a']);
  expect(performance.now() - start).toBeGreaterThan(50);
});
