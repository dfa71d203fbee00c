import { expect, test } from 'vitest';
import { type ReleaseSigns, watchRelease } from './release.watch.ts';

const how = { arriveMs: 60_000, watchMs: 0, everyMs: 0, tolerated: 2, isServed: true };

/** What is seen at each look; the last goes on. */
function signs(seen: readonly { complaint?: string; arrived?: boolean; fault?: string }[]) {
  let looks = 0;
  const at = () => seen[Math.min(looks, seen.length - 1)];
  const own: ReleaseSigns = {
    look: async () => at()?.complaint,
    state: async () => {
      const now = at();
      looks += 1;
      return { arrived: now?.arrived === true, fault: now?.fault };
    },
  };
  return { ...own, looks: () => looks };
}

test('wrong answers in a row take a release back while it is still rolled out', async () => {
  const watched = signs([{}, { complaint: 'status 500' }]);
  expect(await watchRelease(watched, how)).toBe('status 500');
  expect(watched.looks()).toBe(4);
});

test('one wrong answer does not, and what is all there stays', async () => {
  const seen = [{ complaint: 'once' }, {}, { complaint: 'again' }, { arrived: true }];
  expect(await watchRelease(signs(seen), how)).toBeUndefined();
});

test('what Argo CD says against it counts, and so does that it never arrives', async () => {
  expect(await watchRelease(signs([{ fault: 'Degraded' }]), how)).toBe('Degraded');
  expect(await watchRelease(signs([{}]), { ...how, arriveMs: -1 })).toContain('not synced');
});

test('where nobody was served before, readers count from when it is there', async () => {
  const seen = [{ complaint: 'a' }, { complaint: 'b' }, { complaint: 'c' }, { arrived: true }];
  expect(await watchRelease(signs(seen), { ...how, isServed: false })).toBeUndefined();
});
