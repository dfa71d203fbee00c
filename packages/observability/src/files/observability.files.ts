import { stringify } from 'yaml';
import { buildDashboard } from '../dashboards/dashboard.build.ts';
import { dashboards } from '../dashboards/dashboard.list.ts';
import { alertmanagerConfig } from '../prometheus/alertmanager.config.ts';
import { prometheusConfig } from '../prometheus/prometheus.config.ts';
import { clusterRules } from '../rules/cluster.rules.ts';
import { objectives } from '../rules/objectives.ts';
import { platformRules } from '../rules/platform.rules.ts';
import { inFull } from '../rules/rule.types.ts';
import { sloRules } from '../rules/slo.rules.ts';

export const rulesFolder = 'infra/observability/prometheus/rules';

const heading =
  '# Written from packages/observability by `./gl exec node packages/observability/src/files/observability-files.main.ts`.\n';

/** Generated files by their path from the repository’s root. */
export function observabilityFiles(): Record<string, string> {
  const prometheus = prometheusConfig({
    targets: [],
    rules: ['rules/*.yaml'],
    alertmanager: 'alertmanager:9093',
    duration: inFull,
  });
  const alertmanager = alertmanagerConfig({
    addressOf: (receiver) => ({ url_file: `/etc/alertmanager/addresses/${receiver}` }),
    duration: inFull,
  });
  const onOneMachine = alertmanagerConfig({ addressOf: () => undefined, duration: inFull });
  const boards = dashboards.map((board) => [
    `infra/observability/grafana/generated/${board.uid}.json`,
    `${JSON.stringify(buildDashboard(board), null, 2)}\n`,
  ]);
  return {
    ...Object.fromEntries(boards),
    'infra/observability/alertmanager/alertmanager.yaml': write(alertmanager),
    'infra/observability/alertmanager/local.yaml': write(onOneMachine),
    'infra/observability/prometheus/prometheus.yaml': write(prometheus),
    [`${rulesFolder}/cluster.yaml`]: write(clusterRules(inFull)),
    [`${rulesFolder}/objectives.yaml`]: write(sloRules(objectives, inFull)),
    [`${rulesFolder}/platform.yaml`]: write(platformRules(inFull)),
  };
}

function write(value: object): string {
  return heading + stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
