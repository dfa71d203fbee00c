import { ProblemError } from '@gospelib/service-kit';
import { expect, it, vi } from 'vitest';
import { Quota } from './quota.ts';

it('counts once, and again only when the shelf seems full', async () => {
  const count = vi.fn(async () => 1);
  const quota = new Quota('notes', 3, count);
  await quota.take('ann');
  await quota.take('ann');
  expect(count).toHaveBeenCalledTimes(1);
  // Believed to be full, but deleted elsewhere meanwhile.
  await quota.take('ann');
  expect(count).toHaveBeenCalledTimes(2);
});

it('is full at the limit, for that reader, until something is given back', async () => {
  const counts = new Map([['ann', 3]]);
  const quota = new Quota('notes', 3, async (userId) => counts.get(userId) ?? 0);
  await expect(quota.take('ann')).rejects.toThrow(ProblemError);
  await expect(quota.take('ann')).rejects.toMatchObject({ code: 'limit-reached' });
  await quota.take('ben');
  quota.giveBack('ann');
  await quota.take('ann');
});

it('checks a number that was counted', () => {
  const quota = new Quota('notes', 3, async () => 0);
  expect(() => quota.check('ann', 3)).not.toThrow();
  expect(() => quota.check('ann', 4)).toThrow('3 notes');
});
