import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '@gospelib/recovery';
import { expect, test } from 'vitest';
import { drills } from '../drill.catalogue.ts';
import type { DrillRun } from './drill.table.ts';
import { mergeRuns, renewPlaybook } from './playbook.ts';

const folder = join(import.meta.dirname, '../../../../docs/operations');
const guide = readFileSync(join(folder, 'rollback.md'), 'utf8');
const run = JSON.parse(readFileSync(join(folder, 'drills.json'), 'utf8')) as DrillRun;

test('the guide is what the recorded runs and the rules make of it', () => {
  expect(guide).toBe(renewPlaybook(guide, run));
});

test('what is recorded are drills as they are described now, all of them passed, and what is not is named', () => {
  const described = ({ name, breaks, page, targetSeconds }: (typeof drills)[number]) => {
    return { name, breaks, page, targetSeconds };
  };
  const has = new Set(run.drills.map(({ name }) => name));
  const recorded = drills.filter(({ name }) => has.has(name));
  expect(run.drills).toEqual(recorded.map((one) => expect.objectContaining(described(one))));
  const open = drills.filter(({ name }) => !has.has(name)).map(({ name }) => `\`${name}\``);
  const told = /^Not recorded yet: (.*)\.$/m.exec(guide)?.[1] ?? '';
  expect(told).toBe(open.join(', '));
  expect(run.drills.flatMap(({ faults }) => faults)).toEqual([]);
  expect(guide.includes('No run is recorded yet')).toBe(run.drills.length === 0);
});

test('every rule of the matrix and every drill has a name of its own', () => {
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  expect(new Set(drills.map(({ name }) => name)).size).toBe(drills.length);
  expect(drills.length).toBeGreaterThanOrEqual(16);
});

test('a guide that was changed by hand, or lacks its marks, is noticed', () => {
  expect(renewPlaybook(guide.replace('| drill |', '| drills |'), run)).toBe(guide);
  expect(() => renewPlaybook('# Nothing', run)).toThrow('The guide lacks');
});

test('a run of some drills takes the place of their results, and leaves those of the others', () => {
  const [first, second, third] = run.drills;
  if (first === undefined || second === undefined) throw new Error('Too few drills are recorded.');
  const at = '2099-01-01T00:00:00.000Z';
  const merged = mergeRuns(
    { ...run, drills: [first, second] },
    {
      ...run,
      at,
      drills: [{ ...second, at }, ...(third === undefined ? [] : [third])],
    },
  );
  const names = [first, second, third].flatMap((one) => one?.name ?? []);
  expect(merged.drills.map(({ name }) => name)).toEqual(names);
  expect(merged.drills.map((one) => one.at === at)).toEqual([false, true, false]);
});
