import { execFileSync } from 'node:child_process';

/** Prometheus’ own programs on this machine, by Debian’s names or upstream’s; undefined where one is missing. */
export interface PrometheusTools {
  prometheus: string;
  promtool: string;
  alertmanager: string;
  amtool: string;
}

export const needs = 'needs prometheus, promtool, alertmanager and amtool on the PATH';

export function findPrometheusTools(): PrometheusTools | undefined {
  const prometheus = find('prometheus');
  const promtool = find('promtool');
  const alertmanager = find('alertmanager') ?? find('prometheus-alertmanager');
  const amtool = find('amtool');
  return prometheus && promtool && alertmanager && amtool
    ? { prometheus, promtool, alertmanager, amtool }
    : undefined;
}

function find(name: string): string | undefined {
  try {
    return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
