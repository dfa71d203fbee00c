import type { StoragePlace } from '@gospelib/environment';
import { expect, test } from 'vitest';
import { probeDisk } from './disk.probe.ts';

const GB = 1e9;
const place = (more: Partial<StoragePlace>): StoragePlace => ({
  name: 'data',
  folder: '/data',
  freeBytes: 20 * GB,
  refusal: undefined,
  ...more,
});

test.each([
  ['room enough', place({}), [], []],
  ['nearly full', place({ freeBytes: 0.4 * GB }), ['disk-low'], []],
  ['full', place({ freeBytes: 0.01 * GB }), ['disk-full'], ['data']],
  ['full and refusing', place({ freeBytes: 0, refusal: 'ENOSPC' }), ['disk-full'], ['data']],
  ['read-only', place({ refusal: 'EROFS: read-only' }), ['disk-refuses'], ['data']],
  ['backups on a full disk', place({ name: 'backups', freeBytes: 0 }), ['disk-full'], ['backups']],
])('%s', async (_, found, kinds, hindered) => {
  const answer = await probeDisk({ storagePlaces: async () => [found] }, () => undefined);
  expect(answer.findings.map(({ kind }) => kind)).toEqual(kinds);
  expect(answer.snapshot).toEqual({ hindered });
});

test('says what is full, and how much is missing', async () => {
  const storagePlaces = async () => [place({ freeBytes: 0.01 * GB })];
  const { findings } = await probeDisk({ storagePlaces }, () => undefined);
  expect(findings[0]?.text).toBe(
    'The disk of /data is full: 10 MB are free, 1000 MB are needed: 990 MB are missing; stores cannot save what is written.',
  );
});
