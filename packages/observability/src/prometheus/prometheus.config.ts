import type { Duration } from '../rules/rule.types.ts';

export interface Target {
  service: string;
  /** `host:port` */
  address: string;
}

export interface PrometheusOptions {
  /** What it reads by itself; none where the agent hands it what it read, under the same name of the job. */
  targets: readonly Target[];
  /** Paths of rule files, from the configuration’s folder. */
  rules: readonly string[];
  /** `host:port` of Alertmanager. */
  alertmanager: string;
  duration: Duration;
}

/** https://prometheus.io/docs/prometheus/latest/configuration/configuration/ */
export function prometheusConfig({
  targets,
  rules,
  alertmanager,
  duration,
}: PrometheusOptions): object {
  return {
    global: {
      scrape_interval: duration(15),
      scrape_timeout: duration(10),
      evaluation_interval: duration(30),
    },
    rule_files: rules,
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    scrape_configs:
      targets.length === 0
        ? []
        : [
            {
              job_name: 'gospelib',
              // The services say themselves which one they are.
              honor_labels: true,
              static_configs: targets.map(({ service, address }) => ({
                targets: [address],
                labels: { service },
              })),
            },
          ],
  };
}
