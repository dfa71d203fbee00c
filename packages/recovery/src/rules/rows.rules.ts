import type { GoneRows } from '../snapshot/snapshot.types.ts';
import type { PlannedStep, Rule } from './rule.ts';

/** A person must agree: nothing tells rows that were emptied by accident from rows that readers deleted. */
export const goneRowsRule: Rule = {
  name: 'rows-gone',
  area: 'rows',
  when: 'A table has less than half of the rows that a verified backup of the last seven days has',
  remedy:
    'take a backup, then add the rows of that backup which are not there any more; no row that lies in a table is touched, nothing comes back of deleted accounts',
  applies: ({ goneRows }) => goneRows.length > 0,
  plan: ({ goneRows }) => ({
    steps: [
      {
        step: 'take-database-backup',
        subject: 'database',
        says: 'Take a backup of the database as it is',
      },
      ...[...Map.groupBy(goneRows, placeOf).values()].map(merge),
    ],
    expectedSeconds: 15,
    optional: goneRows.every(({ plausible }) => plausible),
    mayLose:
      'the deletions that readers made since then themselves: what they deleted comes back, too',
  }),
};

function placeOf({ table, backup }: GoneRows): string {
  return `${table.split('.')[0]}:${backup}`;
}

function merge(gone: readonly GoneRows[]): PlannedStep {
  const [first] = gone as [GoneRows];
  const tables = gone.map(({ table }) => table.split('.')[1]).join(',');
  const named = gone.map(({ table, has, had }) => `${table} (${had - has})`).join(', ');
  return {
    step: 'merge-rows',
    subject: `${placeOf(first)}:${tables}`,
    says: `Bring back the rows that are gone from ${named}, from the backup of ${first.since}`,
  };
}
