import type { BackupManifest } from '@gospelib/backup';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BackupSchedule } from './backup.schedule.ts';

const HOUR_MS = 60 * 60 * 1000;

let schedule: BackupSchedule;
let backups: BackupManifest[];
let taken: string[];
let said: string[];
let failing: boolean;
let empty: boolean;
let again: string[];
let rotten: string;
let noted: number[];

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-05-20T12:00:00Z') });
  [backups, taken, said, failing, empty] = [[], [], [], false, false];
  [again, rotten, noted] = [[], '', []];
});
afterEach(async () => {
  await schedule.stop();
  vi.useRealTimers();
});

function backup(kind: BackupManifest['kind'], hoursAgo: number, verified = true): BackupManifest {
  const at = new Date(Date.now() - hoursAgo * HOUR_MS).toISOString();
  return {
    id: `${kind} ${hoursAgo}`,
    kind,
    createdAt: at,
    engine: { name: 'x', version: '1' },
    files: [],
    content: {},
    seconds: 1,
    ...(verified && { verified: { at, seconds: 1, engine: 'x' } }),
  };
}

const aged = (hours: number) => backup('database', hours);

async function startFor(hoursRunning: number, hours = 24): Promise<void> {
  schedule = new BackupSchedule({
    hours,
    survey: async () => ({ whole: backups, damaged: [], unproven: [] }),
    holds: async () => !empty,
    take: async (kind) => {
      if (failing) throw new Error('the disk is full');
      taken.push(kind);
      backups.unshift(backup(kind, 0));
    },
    verify: async (kind, id) => {
      if (rotten === id) {
        backups = backups.filter((one) => one.id !== id);
        throw new Error(`${id} cannot be restored any more`);
      }
      again.push(id);
      const at = new Date().toISOString();
      const marked = { ...backup(kind, 0), id, verified: { at, seconds: 1, engine: 'x' } };
      backups = backups.map((one) =>
        one.id === id ? { ...marked, createdAt: one.createdAt } : one,
      );
    },
    note: ({ whole }) => noted.push(whole.length),
    say: (line) => said.push(line),
  });
  schedule.start();
  await vi.advanceTimersByTimeAsync(hoursRunning * HOUR_MS);
}

test('at the start when the last verified one is older than a day', async () => {
  backups = [backup('database', 1, false), backup('graph', 2), backup('database', 25)];
  await startFor(0);
  expect(taken).toEqual(['database']);
  expect(said).toEqual(['a backup of the database is taken and verified']);
});

test('not when there is a younger one, nor when there is nothing to keep', async () => {
  backups = [backup('database', 23)];
  await startFor(0);
  expect(taken).toEqual([]);
  await schedule.stop();
  backups = [];
  empty = true;
  await startFor(50);
  expect(taken).toEqual([]);
});

test('each day then, and of the graph each week', async () => {
  await startFor(24 * 8);
  expect(taken.filter((kind) => kind === 'graph')).toHaveLength(2);
  expect(taken.filter((kind) => kind === 'database')).toHaveLength(9); // at once, and after each of eight days
});

test('one that failed is told, and tried again an hour later', async () => {
  failing = true;
  await startFor(0);
  expect(said[0]).toMatch(/of the database that was due failed.*the disk is full/);
  failing = false;
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  expect(taken).toEqual(['database', 'graph']);
});

test('verifies old ones again, the one that waited longest first and one an hour, but none at the start', async () => {
  backups = [backup('database', 1), backup('graph', 24), ...[500, 300, 400].map(aged)];
  await startFor(0);
  expect(again).toEqual([]);
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  expect(again).toEqual(['database 500']);
  await vi.advanceTimersByTimeAsync(5 * HOUR_MS);
  expect(again).toEqual(['database 500', 'database 400', 'database 300']);
});

test('one that is rotten is told, and the others are verified all the same', async () => {
  backups = [backup('database', 1), backup('graph', 24), ...[500, 300].map(aged)];
  rotten = 'database 500';
  await startFor(2);
  expect(said).toEqual([
    expect.stringMatching(/weekly verification.*failed.*database 500 cannot be restored any more/),
    'database 300 was restored and verified again',
  ]);
});

test('after each look it notes what there is', async () => {
  backups = [backup('database', 1), backup('graph', 24)];
  await startFor(1);
  expect(noted).toEqual([2, 2]);
});

test('switched off it does nothing', async () => {
  await startFor(100, 0);
  expect(taken).toEqual([]);
});
