import { expect, test } from 'vitest';
import { formatAge, formatDuration, formatMegabytes, formatMinute } from './text.format.ts';
import { renderTable } from './text.table.ts';

test.each([
  [0, '0 s'],
  [119, '119 s'],
  [120, '2 min'],
  [7_200, '2 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test('sizes, moments and ages are short', () => {
  expect(formatMegabytes(123_456_789)).toBe('123 MB');
  expect(formatMinute('2026-01-31T12:00:59.123Z')).toBe('2026-01-31 12:00 UTC');
  expect(formatAge('2026-01-31T12:00:00Z', Date.parse('2026-01-31T12:05:00Z'))).toBe('5 min');
  expect(formatAge('2026-01-31T12:00:00Z', 0)).toBe('0 s');
});

test('a table has a line a row, and its numbers stand at the right', () => {
  const table = renderTable([{ head: 'name' }, { head: 'MB', align: 'right' }], [['a', 1]]);
  const lines = table.split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[3]).toMatch(/│ a +│ +1 │/);
});
