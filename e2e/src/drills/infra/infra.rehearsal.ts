import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadInfraDrills, noEmulator } from '@gospelib/cloud';
import type { LocalConfig } from '@gospelib/supervisor';
import { environmentLost } from './environment.lost.ts';
import type { InfraDrill } from './infra.drill.ts';
import { type InfraDrillRecord, mergeRecords, renewGuide } from './infra.record.ts';

/** Those that were asked for; none, and says why, where there is nothing to run them on. */
export function chooseInfra(
  infra: readonly InfraDrill[],
  names: readonly string[],
  say: (line: string) => void,
): readonly InfraDrill[] {
  const every = names.includes('all') || names.includes('infra');
  const chosen = infra.filter(({ name }) => every || names.includes(name));
  const reason = withoutInfra();
  if (chosen.length === 0 || reason === undefined) return chosen;
  say(`SKIPPED: ${chosen.length} drills of infrastructure: ${reason}.`);
  return [];
}

/** Why they are skipped here; undefined: they run. */
function withoutInfra(): string | undefined {
  if (noEmulator !== undefined) return noEmulator;
  return spawnSync('terraform', ['version']).status === 0 ? undefined : 'needs terraform';
}

/** In order: the last one destroys what the others stand on, and makes it anew. */
export async function listInfraDrills(
  config: LocalConfig,
  say: (line: string) => void,
): Promise<readonly InfraDrill[]> {
  const parts = await loadInfraDrills();
  return [...parts.infraDrills, environmentLost(parts, config, say)];
}

/**
 * Applies staging to the emulator, then breaks it, drill by drill. One that breaks off has failed; the others go on.
 * @param ended is told of each at once: a run that is broken off has recorded what passed
 */
export async function rehearseInfra(
  config: LocalConfig,
  chosen: readonly InfraDrill[],
  say: (line: string) => void,
  ended: (record: InfraDrillRecord) => void,
): Promise<readonly InfraDrillRecord[]> {
  if (chosen.length === 0) return [];
  const { applyStaging } = await loadInfraDrills();
  say('staging is applied to the emulator, which takes some minutes…');
  const staging = await applyStaging(config.root);
  const records: InfraDrillRecord[] = [];
  try {
    for (const { name, breaks, targetSeconds, run } of chosen) {
      say(`\n${name}: ${breaks}.`);
      const result = await run(staging).catch((error: Error) => ({
        foundSeconds: 0,
        mendedSeconds: 0,
        faults: [`It broke off: ${error.message}`],
      }));
      const late = result.mendedSeconds > targetSeconds ? [`It took longer than promised.`] : [];
      const faults = [...result.faults, ...late];
      const record = {
        at: new Date().toISOString(),
        name,
        breaks,
        targetSeconds,
        ...result,
        faults,
      };
      records.push(record);
      ended(record);
      say(
        faults.length === 0
          ? `  passed: found in ${result.foundSeconds.toFixed(1)} s, mended and read back after ${result.mendedSeconds.toFixed(1)} s (promised ${targetSeconds} s)`
          : faults.map((fault) => `  ✗ ${fault}`).join('\n'),
      );
    }
    return records;
  } finally {
    staging.remove();
  }
}

/** Writes one that passed into the record and the guide. */
export function recordInfra(guides: string, record: InfraDrillRecord): void {
  if (record.faults.length > 0) return;
  const file = join(guides, 'infra-drills.json');
  const guide = join(guides, 'infrastructure.md');
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const merged = mergeRecords(before, record);
  writeFileSync(file, `${JSON.stringify(merged, null, 2)}\n`);
  writeFileSync(guide, renewGuide(readFileSync(guide, 'utf8'), merged));
}
