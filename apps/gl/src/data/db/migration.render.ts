import type { MigrationRun } from '@gospelib/database';

/** What a run of migrations did, or would do, for people. */
export function renderRun({ schema, direction, dryRun, migrations }: MigrationRun): string {
  if (migrations.length === 0) return `${schema}: nothing to do.`;
  const verb = direction === 'up' ? 'apply' : 'take back';
  const done = direction === 'up' ? 'Applied' : 'Took back';
  return `${schema}: ${dryRun ? `would ${verb}` : done} ${migrations.join(', ')}.`;
}
