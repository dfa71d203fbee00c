import type { Objective } from '../rules/objectives.ts';

/** A series of the text format, its value by the minute in promtool’s notation: `start+stepxcount`. */
export interface Series {
  series: string;
  values: string;
}

/** What an alert on a cause is tried with. Labels pick one of several alerts of a name. */
export interface AlertCase {
  alert: string;
  labels?: Readonly<Record<string, string>>;
  bad: readonly Series[];
  good: readonly Series[];
  /** What is there when its own series is not: nothing by default. An alert on absence fires then. */
  firesWithout?: true;
}

const long = 120;
export const flat = (series: string, value: number): Series => ({
  series,
  values: `${value}x${long}`,
});

/** Series that hold one value; `time()` starts at 0 there, so ages are made of negative times. */
export function level(
  alert: string,
  series: string,
  bad: number,
  good: number,
  labels?: Readonly<Record<string, string>>,
): AlertCase {
  return {
    alert,
    ...(labels && { labels }),
    bad: [flat(series, bad)],
    good: [flat(series, good)],
  };
}

const job = 'job="gospelib"';
const gateway = `{${job}, service="gateway", instance="a"}`;
const day = 86_400;

/** One for each alert of `platformRules`; a test compares the lists. */
export const alertCases: readonly AlertCase[] = [
  level('ProcessAway', `up{${job}, service="content", instance="b"}`, 0, 1),
  {
    alert: 'ProcessMissing',
    bad: [flat(`up{${job}, service="content"}`, 1)],
    good: [flat(`up${gateway}`, 1)],
    firesWithout: true,
  },
  {
    alert: 'ProcessRestarts',
    bad: [{ series: `process_start_time_seconds${gateway}`, values: `0+240x${long}` }],
    good: [flat(`process_start_time_seconds${gateway}`, 1)],
  },
  level('GraphDamaged', 'gospelib_graph_intact', 0, 1),
  level('GraphUnchecked', 'gospelib_graph_last_check_seconds', -day, 7200),
  level('GraphNotServed', 'gospelib_corpus_active', 0, 1),
  level('GraphWithoutCopy', 'gospelib_graph_stand_ins', 0, 2),
  ...(['database', 'graph'] as const).flatMap((kind): AlertCase[] => {
    const of = `{kind="${kind}"}`;
    const labels = { kind };
    return [
      {
        alert: 'BackupMissing',
        labels,
        bad: [flat('gospelib_backup_newest_seconds{kind="another"}', 0)],
        good: [flat(`gospelib_backup_newest_seconds${of}`, 0)],
        firesWithout: true,
      },
      level('BackupOld', `gospelib_backup_newest_seconds${of}`, -2 * day, 0, labels),
      level('BackupUnverified', `gospelib_backup_verified_seconds${of}`, -9 * day, 0, labels),
      level('BackupDamaged', `gospelib_backups_damaged${of}`, 1, 0, labels),
    ];
  }),
  level('DrillOld', 'gospelib_drill_passed_seconds{drill="graph-gone"}', -40 * day, 0),
  {
    alert: 'JobFailed',
    bad: [
      flat('gospelib_job_succeeded_seconds{job="ingest"}', 10),
      flat('gospelib_job_failed_seconds{job="ingest"}', 20),
    ],
    good: [
      flat('gospelib_job_succeeded_seconds{job="ingest"}', 20),
      flat('gospelib_job_failed_seconds{job="ingest"}', 10),
      flat('gospelib_job_succeeded_seconds{job="backup-graph"}', 20),
    ],
  },
  level('LimitsNotShared', `gateway_rate_limit_shared${gateway}`, 0, 1),
  {
    alert: 'StoreFails',
    bad: queries(6, 60),
    // A restart in the middle: counters begin again.
    good: [
      { series: queriesOf('ok'), values: `0+60x${long / 2} 0+60x${long / 2}` },
      { series: queriesOf('error'), values: `0+1x${long / 2} 0+1x${long / 2}` },
    ],
  },
  level('EventLoopBlocked', `nodejs_eventloop_lag_p99_seconds${gateway}`, 0.7, 0.02),
];

function queriesOf(outcome: string): string {
  return `db_client_operation_duration_seconds_count{service="study", db_system_name="postgresql", db_query_summary="notes", outcome="${outcome}"}`;
}

function queries(errors: number, all: number): Series[] {
  return [
    { series: queriesOf('ok'), values: `0+${all - errors}x${long}` },
    { series: queriesOf('error'), values: `0+${errors}x${long}` },
  ];
}

/** What the gateway counts when, of `perMinute` requests, `failed` get 503 and `slow` take too long; with a restart. */
export function requestsOf(
  { methods, routes, inTime }: Objective,
  { perMinute, failed, slow }: { perMinute: number; failed: number; slow: number },
  minutes: number,
): Series[] {
  const answered = perMinute - failed;
  const [method] = methods;
  const [route] = routes;
  const series = (suffix: string, status: number, more: string): string =>
    `http_server_request_duration_seconds_${suffix}{service="gateway", http_request_method="${method}", http_route="${route}", http_response_status_code="${status}"${more}}`;
  const half = minutes / 2;
  const counting = (name: string, step: number): Series => ({
    series: name,
    values: `0+${step}x${half} 0+${step}x${half}`,
  });
  return [
    counting(series('count', 200, ''), answered),
    counting(series('bucket', 200, `, le="${inTime.within}"`), answered - slow),
    counting(series('bucket', 200, ', le="+Inf"'), answered),
    ...(failed > 0 ? [counting(series('count', 503, ''), failed)] : []),
  ];
}
