import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeInfra } from '../infra/infra.change.ts';
import { findInfra } from '../infra/infra.environment.ts';
import { openTerraform } from '../infra/infra.plan.ts';
import { plannedResources } from '../plan/plan.schema.ts';
import { recordedPlan } from '../recorded/recorded.plan.ts';
import { makeFoundations } from './cloud.reader.ts';
import { copyForEmulator } from './emulated.copy.ts';
import { idle, refused, refusedInProduction } from './emulator.faults.ts';
import { emptyEmulator, escrow, noEmulator } from './emulator.ts';
import { failedAddresses } from './failed.addresses.ts';

const reason =
  noEmulator ?? (spawnSync('terraform', ['version']).status === 0 ? undefined : 'needs terraform');
if (reason !== undefined) console.warn(`SKIPPED: production on an emulator: ${reason}.`);

/** Each resource of production is made by the provider at least once: what EKS itself does no emulator shows. */
describe.skipIf(reason !== undefined)('production on an emulator', () => {
  let root: string;
  const repository = resolve(import.meta.dirname, '../../../..');
  const env = { ...process.env, ...escrow };

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'gospelib-emulated-'));
    copyForEmulator(repository, root);
    await emptyEmulator();
    await makeFoundations();
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test('all of it is made, but what the emulator refuses', async () => {
    const production = findInfra(root, 'production');
    const start = performance.now();
    const failed = await changeInfra(production, {
      root,
      env,
      acceptLoss: [],
      confirmed: 'production',
      say: () => undefined,
    }).then(() => [], failedAddresses);
    console.log(`production applied after ${((performance.now() - start) / 1000).toFixed(0)} s`);
    const terraform = await openTerraform(production, { root, env });
    const made = new Set((await terraform.run(['state', 'list'])).split('\n'));
    const missing = plannedResources(recordedPlan(repository, 'production'))
      .map(({ address }) => address)
      .filter((address) => !made.has(address));
    const known = [...refused, ...refusedInProduction];
    expect(
      [...failed, ...missing].filter((one) => !known.some(({ address }) => address.test(one))),
    ).toEqual([]);
    expect(idle(refusedInProduction, [...failed, ...missing])).toEqual([]);
  });
});
