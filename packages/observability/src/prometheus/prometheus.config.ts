import type { Catalogue } from '@gospelib/platform';
import type { Duration } from '../rules/rule.types.ts';

export interface Target {
  service: string;
  /** `host:port` */
  address: string;
}

export interface PrometheusOptions {
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
    scrape_configs: [
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

/** The services of one machine, where they usually listen. */
export function usualTargets(catalogue: Catalogue, host: string): Target[] {
  return Object.entries(catalogue.services).map(([service, { port }]) => ({
    service,
    address: `${host}:${port.usual}`,
  }));
}
