import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type InfraDrillRecord, mergeRecords, renewGuide } from './infra.record.ts';

const guides = resolve(import.meta.dirname, '../../../../docs/operations');
const record = (name: string, mendedSeconds: number): InfraDrillRecord => ({
  at: '2026-11-28T20:00:00Z',
  name,
  breaks: 'Something is broken',
  targetSeconds: 300,
  foundSeconds: 1,
  mendedSeconds,
  faults: [],
});

test('a new result takes the place of that of the same drill', () => {
  const before = [record('a', 10), record('b', 20)];
  expect(mergeRecords(before, record('a', 30))).toEqual([record('a', 30), record('b', 20)]);
});

test('the guide shows what is recorded', () => {
  const guide = readFileSync(join(guides, 'infrastructure.md'), 'utf8');
  const recorded = JSON.parse(readFileSync(join(guides, 'infra-drills.json'), 'utf8'));
  expect(recorded.length).toBeGreaterThan(0);
  expect(renewGuide(guide, recorded)).toBe(guide);
  expect(renewGuide(guide, [record('planted', 10)])).toContain('| planted | Something is broken |');
  expect(() => renewGuide('no mark', recorded)).toThrow('lacks');
});
