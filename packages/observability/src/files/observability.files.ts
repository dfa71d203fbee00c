import type { Catalogue } from '@gospelib/platform';
import { stringify } from 'yaml';
import { alertmanagerConfig } from '../prometheus/alertmanager.config.ts';
import { prometheusConfig, usualTargets } from '../prometheus/prometheus.config.ts';
import { objectives } from '../rules/objectives.ts';
import { platformRules } from '../rules/platform.rules.ts';
import { inFull } from '../rules/rule.types.ts';
import { sloRules } from '../rules/slo.rules.ts';

export const rulesFolder = 'infra/observability/prometheus/rules';

const heading =
  '# Written from packages/observability by `./gl exec node packages/observability/src/files/observability-files.main.ts`.\n';

/** Generated files by their path from the repository’s root. */
export function observabilityFiles(catalogue: Catalogue): Record<string, string> {
  const prometheus = prometheusConfig({
    targets: usualTargets(catalogue, 'localhost'),
    rules: ['rules/*.yaml'],
    alertmanager: 'localhost:9093',
    duration: inFull,
  });
  const alertmanager = alertmanagerConfig({
    addressOf: (receiver) => ({ url_file: `/etc/alertmanager/addresses/${receiver}` }),
    duration: inFull,
  });
  return {
    'infra/observability/alertmanager/alertmanager.yaml': write(alertmanager),
    'infra/observability/prometheus/prometheus.yaml': write(prometheus),
    [`${rulesFolder}/objectives.yaml`]: write(sloRules(objectives, inFull)),
    [`${rulesFolder}/platform.yaml`]: write(platformRules(inFull)),
  };
}

function write(value: object): string {
  return heading + stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
