import { ProblemError } from '@gospelib/service-kit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { deleteSome, Quota, type Usage } from './quota.ts';

const limit = { items: 3, bytes: 100 };
const of =
  (items: number, bytes = 0) =>
  async (): Promise<Usage> => ({ items, bytes });

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

it('counts once, and again only when the shelf seems full, but not each time', async () => {
  const count = vi.fn(of(1));
  const quota = new Quota(limit, deleteSome('notes'), count);
  await quota.take('maker', 1);
  await quota.take('maker', 1);
  expect(count).toHaveBeenCalledTimes(1);
  for (let i = 0; i < 5; i += 1) await expect(quota.take('maker', 1)).rejects.toThrow('3 notes');
  expect(count).toHaveBeenCalledTimes(1);
  // Counted as full, but something was deleted elsewhere meanwhile.
  vi.setSystemTime(Date.now() + 1000);
  await quota.take('maker', 1);
  expect(count).toHaveBeenCalledTimes(2);
});

it('is full at the limit, for that reader, until something is given back', async () => {
  const counts = new Map([['maker', 3]]);
  const quota = new Quota(limit, deleteSome('notes'), (userId) => of(counts.get(userId) ?? 0)());
  await expect(quota.take('maker', 1)).rejects.toThrow(ProblemError);
  await expect(quota.take('maker', 1)).rejects.toMatchObject({ code: 'limit-reached' });
  await quota.take('stranger', 1);
  quota.giveBack('maker', 1);
  await quota.take('maker', 1);
});

it('keeps the room that work reserved, unless the work fails', async () => {
  const quota = new Quota(limit, deleteSome('notes'), of(2));
  const failing = quota.reserving('maker', async (reserve) => {
    await reserve(1);
    throw new Error('the commit failed');
  });
  await expect(failing).rejects.toThrow('the commit failed');
  await quota.reserving('maker', (reserve) => reserve(1));
  await expect(quota.take('maker', 1)).rejects.toThrow('3 notes');
});

it('is full when what is written is too large together, whether added or changed', async () => {
  const quota = new Quota(limit, deleteSome('notes'), of(1, 50));
  await quota.take('maker', 30);
  await quota.change('maker', 20);
  await expect(quota.take('maker', 1)).rejects.toThrow('100 bytes');
  await expect(quota.change('maker', 1)).rejects.toThrow('100 bytes');
  quota.giveBack('maker', 30);
  await quota.change('maker', 30);
});

it('checks a number that was counted', () => {
  const quota = new Quota(limit, deleteSome('notes'), of(0));
  expect(() => quota.check('maker', { items: 3, bytes: 100 })).not.toThrow();
  expect(() => quota.check('maker', { items: 4, bytes: 0 })).toThrow('3 notes');
  expect(() => quota.check('maker', { items: 0, bytes: 101 })).toThrow('100 bytes');
});
