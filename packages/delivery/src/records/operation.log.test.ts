import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { releaseRepository } from '../testing/release.repository.ts';
import { logOperation, readOperations } from './operation.log.ts';

const entry = (minute: number, environment = 'production') => ({
  at: `2026-01-01T00:0${minute}:00.000Z`,
  environment,
  verb: 'rollback',
  who: 'ann',
  why: 'it answers 500',
  what: 'from release/v1.1.0 to release/v1.0.0',
  result: 'done',
});

test('what was done is kept while git is away, and follows in order with the next one', async () => {
  const { root, git, remote } = releaseRepository();
  const kept = join(root, '../kept');
  git('remote', 'set-url', 'origin', `${remote}.away`);
  expect(await logOperation(root, kept, entry(1))).toContain('git fetch failed');
  expect(readdirSync(kept)).toHaveLength(1);

  git('remote', 'set-url', 'origin', remote);
  expect(await logOperation(root, kept, entry(2))).toBeUndefined();
  await logOperation(root, kept, entry(3, 'staging'));
  expect(readdirSync(kept)).toEqual([]);
  expect(await readOperations(root, 'production')).toEqual([entry(2), entry(1)]);
  expect(existsSync(join(root, 'operations'))).toBe(false);
});
