import { ProblemError } from '@gospelib/service-kit';
import { expect, it, vi } from 'vitest';
import { Quota } from './quota.ts';

it('counts once, and again only when the shelf seems full', async () => {
  const count = vi.fn(async () => 1);
  const quota = new Quota('notes', 3, count);
  await quota.take('maker');
  await quota.take('maker');
  expect(count).toHaveBeenCalledTimes(1);
  // Counted as full, but something was deleted elsewhere meanwhile.
  await quota.take('maker');
  expect(count).toHaveBeenCalledTimes(2);
});

it('is full at the limit, for that reader, until something is given back', async () => {
  const counts = new Map([['maker', 3]]);
  const quota = new Quota('notes', 3, async (userId) => counts.get(userId) ?? 0);
  await expect(quota.take('maker')).rejects.toThrow(ProblemError);
  await expect(quota.take('maker')).rejects.toMatchObject({ code: 'limit-reached' });
  await quota.take('stranger');
  quota.giveBack('maker');
  await quota.take('maker');
});

it('checks a number that was counted', () => {
  const quota = new Quota('notes', 3, async () => 0);
  expect(() => quota.check('maker', 3)).not.toThrow();
  expect(() => quota.check('maker', 4)).toThrow('3 notes');
});
