import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertsOf, allRules } from '../rules/alert.list.ts';
import { objectives } from '../rules/objectives.ts';
import type { AlertRule, Duration } from '../rules/rule.types.ts';
import { budgetOf } from '../rules/slo.rules.ts';
import type { Series } from '../testing/alert.cases.ts';
import { AlertReceiver, type Delivered } from '../testing/alert.receiver.ts';
import { Alerting } from '../testing/alerting.harness.ts';
import { clusterAlertCases } from '../testing/cluster-alert.cases.ts';
import { FakeExporter } from '../testing/fake.exporter.ts';
import { findPrometheusTools, needs } from '../testing/prometheus.tools.ts';

const tools = findPrometheusTools();

/** An hour in ten seconds. Prometheus is asked four times a second at most. */
const faster: Duration = (seconds) => `${Math.max(250, Math.round((seconds / 360) * 1000))}ms`;
const rules = allRules(faster);
const alerts = alertsOf(rules);

describe.skipIf(tools === undefined)(`alerts reach whoever is woken (${needs})`, () => {
  const receiver = new AlertReceiver();
  const auditor = new FakeExporter();
  const content = new FakeExporter();
  let alerting: Alerting;
  let targets: { service: string; address: string }[];

  beforeAll(async () => {
    if (tools === undefined) return;
    targets = [
      { service: 'auditor', address: await auditor.start() },
      { service: 'content', address: await content.start() },
    ];
    targets.push({ service: 'gateway', address: targets[0]?.address ?? '' });
    allIsWell();
    alerting = await Alerting.start(tools, {
      targets,
      rules,
      receiver: await receiver.start(),
      duration: faster,
    });
  });
  afterAll(async () => {
    await alerting?.stop();
    for (const one of [receiver, auditor, content]) one.stop();
  });

  it('each of them, and says when it is over', async () => {
    // The first look at the services may come later than an alert on absence allows in this time.
    const alone = () => [...open()].join() === 'DeadMansSwitch';
    await within(60, alone);
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect([...open()]).toEqual(['DeadMansSwitch']);
    receiver.delivered.length = 0;

    // Burning slowly: tickets alone.
    answer((budget) => 2 * budget);
    const tickets = objectiveAlerts.filter(({ labels }) => labels.severity === 'ticket');
    await within(60, () => tickets.every((alert) => open().has(nameOf(alert))));
    expect([...open()].sort()).toEqual(['DeadMansSwitch', ...tickets.map(nameOf)].sort());

    answer(() => 0.3);
    allIsBad();
    content.stop();
    const later = ['BackupMissing', 'ProcessMissing'];
    const now = alerts.filter(({ alert }) => !later.includes(alert));
    await within(120, () => now.every((alert) => seen('firing').has(nameOf(alert))));

    auditor.remove(newest('database'));
    auditor.remove(newest('graph'));
    await alerting.lookAt(targets.filter(({ service }) => service !== 'gateway'));
    await within(60, () => alerts.every((alert) => seen('firing').has(nameOf(alert))));

    allIsWell();
    await alerting.lookAt(targets.filter(({ service }) => service !== 'content'));
    const ending = alerts.filter(({ alert }) => alert !== 'DeadMansSwitch');
    await within(120, () => ending.every((alert) => seen('resolved').has(nameOf(alert))));
  }, 500_000);

  it('where it belongs: pages wake, tickets wait, and each leads somewhere', () => {
    const to = { page: 'pages', ticket: 'tickets', none: 'dead-man' } as const;
    for (const rule of alerts) {
      const delivered = receiver.delivered.filter((one) => nameOf(of(one)) === nameOf(rule));
      expect(new Set(delivered.map((one) => one.receiver))).toEqual(
        new Set([to[rule.labels.severity]]),
      );
      for (const { annotations } of delivered) {
        expect(annotations.command).toMatch(/^\.\/gl \S+/);
        expect(annotations.board).toMatch(/^\/d\/[a-z]+(?:\?var-service=[a-z]+)?$/);
        expect(annotations.summary).not.toMatch(/<no value>|\{\{/);
      }
    }
  });

  const objectiveAlerts = alerts.filter(({ labels }) => labels.objective !== undefined);
  const newest = (kind: string) => `gospelib_backup_newest_seconds{kind="${kind}"}`;
  const now = () => Date.now() / 1000;

  function of({ labels }: Delivered): AlertRule {
    return alerts.find(
      ({ alert, labels: own }) =>
        alert === labels.alertname &&
        Object.entries(own).every(([name, value]) => labels[name] === value),
    ) as AlertRule;
  }

  function seen(status: Delivered['status']): Set<string> {
    return new Set(
      receiver.delivered
        .filter((one) => one.status === status)
        .map(of)
        .map(nameOf),
    );
  }

  /** Those that were told of and are not over. */
  function open(): Set<string> {
    const last = new Map(receiver.delivered.map((one) => [nameOf(of(one)), one.status]));
    return new Set([...last].filter(([, status]) => status === 'firing').map(([name]) => name));
  }

  /** The gateway’s counters: a thousand requests a second for each objective, of which a share misses it, both ways. */
  function answer(missing: (budget: number) => number): void {
    for (const objective of objectives) {
      const { methods, routes, inTime } = objective;
      const failing = missing(budgetOf(objective, 'available'));
      const slow = missing(budgetOf(objective, 'in-time'));
      const series = (suffix: string, status: number, more = '') =>
        `http_server_request_duration_seconds_${suffix}{service="gateway",http_request_method="${methods[0]}",http_route="${routes[0]}",http_response_status_code="${status}"${more}}`;
      const answered = 1000 * (1 - failing);
      auditor.count(series('count', 503), 1000 * failing);
      auditor.count(series('count', 200), answered);
      auditor.count(series('bucket', 200, `,le="${inTime.within}"`), answered * (1 - slow));
    }
  }

  function queries(ok: number, error: number): void {
    const series = (outcome: string) =>
      `db_client_operation_duration_seconds_count{service="study",db_system_name="postgresql",outcome="${outcome}"}`;
    auditor.count(series('ok'), ok);
    auditor.count(series('error'), error);
  }

  function allIsWell(): void {
    answer(() => 0);
    queries(100, 0);
    auditor.set('process_start_time_seconds{service="study"}', 1);
    for (const kind of ['database', 'graph']) {
      auditor.set(newest(kind), now);
      auditor.set(`gospelib_backup_verified_seconds{kind="${kind}"}`, now);
      auditor.set(`gospelib_backups_damaged{kind="${kind}"}`, 0);
    }
    auditor.set('gospelib_graph_last_check_seconds', now);
    auditor.set('gospelib_job_succeeded_seconds{job="ingest"}', now);
    auditor.set('gospelib_drill_passed_seconds{drill="graph-gone"}', now);
    auditor.set('nodejs_eventloop_lag_p99_seconds{service="study"}', 0.01);
    for (const flag of flags) auditor.set(flag, 1);
    for (const { bad } of clusterAlertCases) for (const { series } of bad) auditor.remove(series);
    for (const { good } of clusterAlertCases) tell(good);
  }

  function allIsBad(): void {
    queries(80, 20);
    auditor.count('process_start_time_seconds{service="study"}', 1);
    for (const kind of ['database', 'graph']) {
      auditor.set(newest(kind), 1);
      auditor.set(`gospelib_backup_verified_seconds{kind="${kind}"}`, 1);
      auditor.set(`gospelib_backups_damaged{kind="${kind}"}`, 2);
    }
    auditor.set('gospelib_graph_last_check_seconds', 1);
    auditor.set('gospelib_job_succeeded_seconds{job="ingest"}', 1);
    auditor.set('gospelib_job_failed_seconds{job="ingest"}', 2);
    auditor.set('gospelib_drill_passed_seconds{drill="graph-gone"}', 1);
    auditor.set('nodejs_eventloop_lag_p99_seconds{service="study"}', 0.8);
    for (const flag of flags) auditor.set(flag, 0);
    // What is good has other labels than what is bad where a label says which it is.
    for (const { good } of clusterAlertCases) for (const { series } of good) auditor.remove(series);
    for (const { bad } of clusterAlertCases) tell(bad);
  }

  /** `5x120` stays, `0+1x120` goes on. */
  function tell(told: readonly Series[]): void {
    for (const { series, values } of told) {
      const [, start = '', step] = /^([\d.e+]+?)(?:\+([\d.]+))?x/.exec(values) ?? [];
      if (step === undefined) auditor.set(series, Number(start));
      else auditor.count(series, Number(step));
    }
  }

  async function within(seconds: number, isSo: () => boolean): Promise<void> {
    const end = performance.now() + seconds * 1000;
    while (!isSo()) {
      if (performance.now() > end) {
        const missing = (status: Delivered['status']) =>
          alerts.map(nameOf).filter((name) => !seen(status).has(name));
        throw new Error(
          `Not within ${seconds} s. Never delivered: ${missing('firing').join('; ')}. Not over: ${missing('resolved').join('; ')}.`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
});

const flags = [
  'gospelib_graph_intact',
  'gospelib_corpus_active',
  'gospelib_graph_stand_ins',
  'gateway_rate_limit_shared{service="gateway"}',
];

/** `ReadersWait note in-time 1h` */
function nameOf({ alert, labels }: AlertRule): string {
  const { severity: _, ...own } = labels;
  return [alert, ...Object.values(own)].join(' ');
}
