import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { checkParity, isWell } from './parity.check.ts';

const root = resolve(import.meta.dirname, '../../../..');
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
if (!hasKubectl)
  console.warn('SKIPPED: staging is not compared with production, since kubectl is missing.');

test.skipIf(!hasKubectl)('staging is production but for what is listed', async () => {
  const parity = await checkParity(root);
  expect(parity.unlisted).toEqual([]);
  expect(parity.stale).toEqual([]);
  expect(parity.wrongEngines).toEqual([]);
  expect(parity.compared).toBeGreaterThan(2000);
  expect(isWell(parity)).toBe(true);
});
