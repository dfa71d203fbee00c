import { clusterRules } from './cluster.rules.ts';
import { objectives } from './objectives.ts';
import { platformRules } from './platform.rules.ts';
import { type AlertRule, type Duration, inFull, type RuleFile } from './rule.types.ts';
import { sloRules } from './slo.rules.ts';

/** Every rule file, in the time that a duration says. */
export function allRules(duration: Duration = inFull): RuleFile[] {
  return [sloRules(objectives, duration), platformRules(duration), clusterRules(duration)];
}

export function alertsOf(files: readonly RuleFile[]): AlertRule[] {
  return files.flatMap(({ groups }) =>
    groups.flatMap(({ rules }) => rules.flatMap((rule) => ('alert' in rule ? [rule] : []))),
  );
}
