import type { Snapshot } from '../snapshot/snapshot.types.ts';
import { backupPlaceRule, backupRules } from './backup.rules.ts';
import { databaseRules } from './database.rules.ts';
import { graphRules } from './graph.rules.ts';
import { platformRules } from './platform.rules.ts';
import { goneRowsRule } from './rows.rules.ts';
import type { Plan, Rule } from './rule.ts';
import { serviceRules } from './service.rules.ts';

/**
 * The decision matrix. In each area the first rule that applies is the plan; backups are each for themselves. Rows come last: what needs an agreement keeps nothing else from being mended.
 */
export const rules: readonly Rule[] = [
  ...platformRules,
  ...graphRules,
  ...databaseRules,
  ...serviceRules,
  ...backupRules,
  goneRowsRule,
];

/** Plans in the order in which they are carried out: what does not run is started before anything else is judged. */
export function choosePlans(snapshot: Snapshot): Plan[] {
  const applying = rules.filter((rule) => rule.applies(snapshot));
  const platform = applying.find(({ area }) => area === 'platform');
  const hindered = applying.includes(backupPlaceRule);
  const chosen =
    platform !== undefined
      ? [platform]
      : [
          applying.find(({ area }) => area === 'graph'),
          applying.find(({ area }) => area === 'database'),
          applying.find(({ area }) => area === 'services'),
          ...(hindered ? [backupPlaceRule] : applying.filter(({ area }) => area === 'backups')),
          applying.find(({ area }) => area === 'rows'),
        ];
  return chosen
    .filter((rule) => rule !== undefined)
    .map((rule) => ({ rule: rule.name, area: rule.area, when: rule.when, ...rule.plan(snapshot) }));
}
