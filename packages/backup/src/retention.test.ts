import { expect, test } from 'vitest';
import { chooseExpired, type RetentionPolicy } from './retention.ts';
import type { BackupManifest } from './store/backup.manifest.ts';

const now = new Date('2026-05-20T12:00:00Z');
const none: RetentionPolicy = { newest: 0, days: 0, months: 0 };

function backup(time: string, verified = true, kind: BackupManifest['kind'] = 'graph') {
  const at = `${time}:00.000Z`;
  const manifest: BackupManifest = {
    id: `${kind} ${time}`,
    kind,
    createdAt: at,
    engine: { name: 'x', version: '1' },
    files: [],
    content: {},
    seconds: 1,
    ...(verified && { verified: { at, seconds: 1, engine: 'x' } }),
  };
  return manifest;
}

function expired(policy: RetentionPolicy, ...backups: BackupManifest[]): string[] {
  return chooseExpired(backups, policy, now).map((id) => id.replace('graph ', ''));
}

test.each<[string, RetentionPolicy, string[]]>([
  ['the last verified one stays whatever it says', none, ['19T20:00', '19T10:00', '18T10:00']],
  ['the newest so many stay', { ...none, newest: 2 }, ['19T10:00', '18T10:00']],
  ['one each day stays, the newest of it', { ...none, days: 2 }, ['19T10:00', '18T10:00']],
  ['days reach back so far', { ...none, days: 3 }, ['19T10:00']],
])('%s', (_, policy, gone) => {
  const times = ['20T10:00', '19T20:00', '19T10:00', '18T10:00'];
  const backups = times.map((time) => backup(`2026-05-${time}`));
  expect(expired(policy, ...backups)).toEqual(gone.map((time) => `2026-05-${time}`));
});

test('one each month stays, also over the turn of a year', () => {
  const times = ['2026-05-02T10:00', '2026-05-01T10:00', '2026-01-31T10:00', '2025-12-31T10:00'];
  const backups = times.map((time) => backup(time));
  expect(expired({ ...none, months: 5 }, ...backups)).toEqual([
    '2026-05-01T10:00',
    '2025-12-31T10:00',
  ]);
  expect(expired({ ...none, months: 6 }, ...backups)).toEqual(['2026-05-01T10:00']);
});

test('what was never verified counts for nothing and goes after a day', () => {
  const young = backup('2026-05-20T10:00', false);
  const old = backup('2026-05-18T10:00', false);
  const verified = backup('2026-05-01T10:00');
  expect(expired({ ...none, newest: 1 }, young, old, verified)).toEqual(['2026-05-18T10:00']);
});

test('but it is kept while there is nothing better of its kind', () => {
  const old = backup('2026-05-01T10:00', false);
  expect(expired(none, old, backup('2026-05-19T10:00', true, 'database'))).toEqual([]);
});

test('kinds do not push each other out', () => {
  const backups = [
    backup('2026-05-19T10:00', true, 'database'),
    backup('2026-05-18T10:00'),
    backup('2026-05-17T10:00'),
  ];
  expect(expired({ ...none, newest: 1 }, ...backups)).toEqual(['2026-05-17T10:00']);
});
