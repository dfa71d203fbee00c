import type { Snapshot } from '../snapshot/snapshot.types.ts';
import { backupPlaceRule, backupRules } from './backup.rules.ts';
import { databaseRules } from './database.rules.ts';
import { graphRules } from './graph.rules.ts';
import { infraRules } from './infra.rules.ts';
import { platformRules } from './platform.rules.ts';
import { releaseRules } from './release.rules.ts';
import { goneRowsRule } from './rows.rules.ts';
import type { Area, Plan, Rule } from './rule.ts';
import { serviceRules } from './service.rules.ts';

/**
 * The decision matrix. In each area the first rule that applies is the plan; backups are each for themselves. Rows come last: what needs an agreement keeps nothing else from being mended.
 */
export const rules: readonly Rule[] = [
  ...infraRules,
  ...platformRules,
  ...releaseRules,
  ...graphRules,
  ...databaseRules,
  ...serviceRules,
  ...backupRules,
  goneRowsRule,
];

/**
 * Plans in the order in which they are carried out: what all stands on is put back, what does not run is started, and a bad
 * release goes, before anything else is judged.
 */
export function choosePlans(snapshot: Snapshot): Plan[] {
  const applying = rules.filter((rule) => rule.applies(snapshot));
  const first = (area: Area) => applying.find((rule) => rule.area === area);
  const planOf = (rule: Rule): Plan => ({
    rule: rule.name,
    area: rule.area,
    when: rule.when,
    ...rule.plan(snapshot),
  });
  const [infrastructure, platform, release] = [
    first('infrastructure'),
    first('platform'),
    first('release'),
  ].map((rule) => rule && planOf(rule));
  if (infrastructure !== undefined && infrastructure.refused === undefined) return [infrastructure];
  // What is refused there keeps nothing else from being mended.
  const told = infrastructure === undefined ? [] : [infrastructure];
  if (platform !== undefined) return [...told, platform];
  if (release !== undefined && release.refused === undefined) return [...told, release];
  const hindered = applying.includes(backupPlaceRule);
  const others = [
    first('graph'),
    first('database'),
    first('services'),
    ...(hindered ? [backupPlaceRule] : applying.filter(({ area }) => area === 'backups')),
    first('rows'),
  ];
  const plans = others.filter((rule) => rule !== undefined).map(planOf);
  return [...told, ...(release === undefined ? [] : [release]), ...plans];
}
