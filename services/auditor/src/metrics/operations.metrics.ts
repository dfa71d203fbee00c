import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metrics } from '@gospelib/service-kit';
import { z } from 'zod';

const kind = z.object({
  newest: z.number().optional(),
  verified: z.number().optional(),
  damaged: z.number(),
});
const backupState = z.object({ database: kind, graph: kind });
const drillState = z.object({ passed: z.record(z.string(), z.number()) });

/**
 * Shows what whoever takes backups and runs drills left in a folder (`backups.json`, `drills.json`), as it is at the moment when
 * the metrics are read. What was never left, or cannot be read, is not shown: absence is what an alert is for.
 */
export function observeOperations(metrics: Metrics, folder: string | undefined): void {
  if (folder === undefined) return;
  const backups = () => read(join(folder, 'backups.json'), backupState);
  const byKind = (field: 'newest' | 'verified' | 'damaged') => (): Record<string, number> => {
    const state = backups();
    const found = Object.entries(state ?? {}).map(([name, one]) => [name, one[field]] as const);
    return Object.fromEntries(found.filter((one): one is [string, number] => one[1] !== undefined));
  };
  metrics.gaugeBy(
    'gospelib_backup_newest_seconds',
    'When the newest backup that counts was taken, seconds since 1970.',
    'kind',
    byKind('newest'),
  );
  metrics.gaugeBy(
    'gospelib_backup_verified_seconds',
    'When a backup was last restored and verified, seconds since 1970.',
    'kind',
    byKind('verified'),
  );
  metrics.gaugeBy(
    'gospelib_backups_damaged',
    'Backups that cannot be restored.',
    'kind',
    byKind('damaged'),
  );
  metrics.gaugeBy(
    'gospelib_drill_passed_seconds',
    'When a drill last passed, seconds since 1970.',
    'drill',
    () => read(join(folder, 'drills.json'), drillState)?.passed ?? {},
  );
}

function read<T>(file: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // the metric is absent
  }
}
