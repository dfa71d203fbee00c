import { expect, it } from 'vitest';
import {
  databaseOf,
  isRestoreOf,
  maintenanceUrl,
  restoreName,
  retainedName,
  retainedSince,
  withDatabase,
} from './database.names.ts';

const now = new Date('2026-11-25T16:15:02.123Z');
const url = 'postgresql://owner:a%40b@db:5432/gospelib?sslmode=require';

it('names of retained databases say since when', () => {
  const name = retainedName('gospelib', now);
  expect(name).toMatch(/^[a-z][a-z0-9_]{0,62}$/);
  expect(retainedSince('gospelib', name)).toBe(now.toISOString());
});

it.each([
  'gospelib',
  'gospelib_before_',
  'gospelib_before_yesterday',
  'other_before_20261125t161502123z',
])('%s is not retained', (name) => {
  expect(retainedSince('gospelib', name)).toBeUndefined();
});

it('what a restore fills is told from everything else', () => {
  expect(isRestoreOf('gospelib', restoreName('gospelib', now))).toBe(true);
  for (const name of ['gospelib', 'postgres', retainedName('gospelib', now)]) {
    expect(isRestoreOf('gospelib', name)).toBe(false);
  }
});

it('another database of the same server keeps role, secret and settings', () => {
  expect(databaseOf(url)).toBe('gospelib');
  expect(withDatabase(url, 'x y')).toBe('postgresql://owner:a%40b@db:5432/x%20y?sslmode=require');
  expect(databaseOf(maintenanceUrl(url))).toBe('postgres');
});
