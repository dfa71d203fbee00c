import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { copyForEmulator } from '../emulated/emulated.copy.ts';
import { findInfra } from '../infra/infra.environment.ts';
import { makePlan } from '../infra/infra.plan.ts';
import type { Plan } from '../plan/plan.schema.ts';
import { recordedFile, sourcesDigest } from './recorded.plan.ts';

/**
 * Records the plan of each named environment from nothing. AWS_ENDPOINT_URL is the address of an emulator that has the
 * bucket of the state, and for staging and production the zone gospelib.com.
 */
const root = resolve(import.meta.dirname, '../../../..');
const copy = mkdtempSync(join(tmpdir(), 'gospelib-record-'));
try {
  copyForEmulator(root, copy);
  for (const name of process.argv.slice(2)) {
    const { plan } = await makePlan(findInfra(copy, name), { root: copy, env: process.env });
    const recorded = { sources: sourcesDigest(root, name), plan: trim(plan) };
    writeFileSync(join(root, recordedFile(name)), `${JSON.stringify(recorded, null, 1)}\n`);
    console.log(`${name}: ${plan.resource_changes.length} changes were planned`);
  }
} finally {
  rmSync(copy, { recursive: true });
}

/** What is planned alone: changes say the same again, and what was there before was nothing. */
function trim({ format_version, planned_values }: Plan): Plan {
  return { format_version, resource_changes: [], resource_drift: [], planned_values };
}
