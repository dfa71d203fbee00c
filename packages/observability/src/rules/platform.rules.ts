import {
  type AlertRule,
  type Duration,
  type RuleFile,
  type Severity,
  secondsOf,
} from './rule.types.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

interface Cause {
  alert: string;
  expr: string;
  /** Seconds for which it has to be so. */
  for: number;
  severity: Severity;
  /** Told apart by this label where an alert has several causes. */
  kind?: string;
  summary: string;
  description: string;
  command: string;
  /** Of the dashboard that shows it; the recovery’s by default, one service’s where the alert names it. */
  board?: 'service' | 'stores';
  recover?: string;
}

/** Causes that lead to an action; what readers feel is alerted by objectives. */
function causes(duration: Duration): Cause[] {
  return [
    {
      alert: 'ProcessAway',
      expr: 'up{job="gospelib"} == 0',
      for: 2 * minute,
      severity: 'page',
      summary: '{{ $labels.service }} at {{ $labels.instance }} does not answer.',
      description: 'Prometheus cannot read its metrics: it is away, hangs, or is not reachable.',
      board: 'service',
      command: './gl status',
      recover: 'process-away',
    },
    {
      alert: 'ProcessMissing',
      expr: 'absent(up{job="gospelib", service="gateway"})',
      for: 5 * minute,
      severity: 'page',
      summary: 'Nothing is known of the gateway.',
      description: 'Prometheus has no target for it: nothing else here would fire either.',
      command: './gl status',
      recover: 'nothing-runs',
    },
    {
      alert: 'ProcessRestarts',
      expr: `changes(process_start_time_seconds{job="gospelib"}[${duration(15 * minute)}]) >= 3`,
      for: 0,
      severity: 'page',
      summary: '{{ $labels.service }} was started {{ $value }} times within a quarter of an hour.',
      description: 'It falls again after each start. Its log has the last words.',
      board: 'service',
      command: './gl logs {{ $labels.service }}',
      recover: 'release-never-ready',
    },
    {
      alert: 'GraphDamaged',
      expr: 'gospelib_graph_intact == 0',
      for: 0,
      severity: 'page',
      summary: 'The active graph is not as it was activated.',
      description: 'Readers are served by a copy that verified, or wait until there is one.',
      command: './gl recover',
      recover: 'graph-damaged',
    },
    {
      alert: 'GraphUnchecked',
      expr: older('gospelib_graph_last_check_seconds', 15 * minute, duration),
      for: 5 * minute,
      severity: 'ticket',
      summary: 'The graph was last checked {{ $value | humanizeDuration }} ago.',
      description: 'The auditor does not get to its checks: damage would go unnoticed.',
      command: './gl logs auditor',
      recover: 'process-away',
    },
    {
      alert: 'GraphNotServed',
      expr: 'gospelib_corpus_active == 0',
      for: 5 * minute,
      severity: 'ticket',
      summary: 'Content at {{ $labels.instance }} serves another graph than the active one.',
      description: 'A fallback or an earlier version is served, or nothing.',
      command: './gl recover',
      recover: 'graph-none',
    },
    {
      alert: 'GraphWithoutCopy',
      expr: 'gospelib_graph_stand_ins == 0',
      for: 30 * minute,
      severity: 'ticket',
      summary: 'There is no sound copy of the active graph.',
      description: 'Damage to the graph would stop readers until a backup is restored.',
      command: './gl recover',
      recover: 'backup-graph',
    },
    ...(['database', 'graph'] as const).flatMap((kind) => backupCauses(kind, duration)),
    {
      alert: 'DrillOld',
      expr: older('max by (drill) (gospelib_drill_passed_seconds)', 35 * day, duration),
      for: 5 * minute,
      severity: 'ticket',
      summary: 'The drill {{ $labels.drill }} last passed {{ $value | humanizeDuration }} ago.',
      description: 'A recovery that nobody rehearses stops working unseen.',
      command: './gl drill {{ $labels.drill }}',
    },
    {
      alert: 'JobFailed',
      expr:
        'max by (job) (gospelib_job_failed_seconds)' +
        ' > (max by (job) (gospelib_job_succeeded_seconds) or max by (job) (gospelib_job_failed_seconds) * 0)',
      for: 0,
      severity: 'ticket',
      summary: 'The last run of {{ $labels.job }} failed.',
      description: 'It changed nothing, or only part of what it was to do. Its log says why.',
      command: './gl status',
      recover: 'process-away',
    },
    {
      alert: 'LimitsNotShared',
      expr: 'gateway_rate_limit_shared == 0',
      for: 10 * minute,
      severity: 'ticket',
      summary: 'The gateway at {{ $labels.instance }} limits by itself: Redis is away.',
      description: 'With several gateways a caller gets that many times his share.',
      board: 'service',
      command: './gl status',
      recover: 'process-away',
    },
    {
      alert: 'StoreFails',
      expr:
        `sum by (service, db_system_name) (rate(db_client_operation_duration_seconds_count{outcome="error"}[${duration(5 * minute)}]))` +
        ` / sum by (service, db_system_name) (rate(db_client_operation_duration_seconds_count[${duration(5 * minute)}])) > 0.05`,
      for: 5 * minute,
      severity: 'page',
      summary:
        '{{ $value | humanizePercentage }} of the queries of {{ $labels.service }} to {{ $labels.db_system_name }} fail.',
      description: 'The store is away, full, locked, or refuses the role.',
      board: 'stores',
      command: './gl recover',
      recover: 'process-away',
    },
    {
      alert: 'EventLoopBlocked',
      expr: 'nodejs_eventloop_lag_p99_seconds{job="gospelib"} > 0.5',
      for: 5 * minute,
      severity: 'ticket',
      summary: '{{ $labels.service }} holds its event loop for {{ $value | humanizeDuration }}.',
      description: 'Every request to that process waits as long. Its profile names the function.',
      board: 'service',
      command: './gl logs {{ $labels.service }}',
      recover: 'service-away',
    },
  ];
}

function backupCauses(kind: 'database' | 'graph', duration: Duration): Cause[] {
  const of = `{kind="${kind}"}`;
  const alike = { kind, command: './gl recover', recover: `backup-${kind}` };
  const own: Omit<Cause, 'command'>[] = [
    {
      alert: 'BackupMissing',
      expr: `absent(gospelib_backup_newest_seconds${of})`,
      for: hour,
      severity: 'page',
      summary: `Nothing is known of any backup of the ${kind}.`,
      description: 'None was taken, or the auditor cannot read what the backups left for it.',
    },
    {
      alert: 'BackupOld',
      expr: older(newestOf('gospelib_backup_newest_seconds', of), 26 * hour, duration),
      for: 5 * minute,
      severity: 'page',
      summary: `The newest backup of the ${kind} was taken {{ $value | humanizeDuration }} ago.`,
      description: 'What was written since would be lost with the store.',
    },
    {
      alert: 'BackupUnverified',
      expr: older(newestOf('gospelib_backup_verified_seconds', of), 8 * day, duration),
      for: 5 * minute,
      severity: 'ticket',
      summary: `No backup of the ${kind} was restored and verified for {{ $value | humanizeDuration }}.`,
      description: 'A backup that was never restored is none.',
      recover: 'backup-unverified',
    },
    {
      alert: 'BackupDamaged',
      expr: `gospelib_backups_damaged${of} > 0`,
      for: 0,
      severity: 'ticket',
      summary: `{{ $value }} backups of the ${kind} cannot be restored.`,
      description: 'A restore falls back on the newest one that is whole.',
    },
  ];
  return own.map((cause) => ({ ...alike, ...cause }));
}

/** Who takes backups says it, and on one machine the auditor, too. */
function newestOf(metric: string, of: string): string {
  return `max by (kind) (${metric}${of})`;
}

function older(metric: string, seconds: number, duration: Duration): string {
  return `time() - ${metric} > ${secondsOf(duration(seconds))}`;
}

/** Alerts on causes, and the dead man’s switch. */
export function platformRules(duration: Duration): RuleFile {
  return {
    groups: [
      {
        name: 'platform',
        interval: duration(30),
        rules: [...causes(duration).map((cause) => alertOf(cause, duration)), deadMan],
      },
    ],
  };
}

const boards = {
  recovery: '/d/recovery',
  service: '/d/service?var-service={{ $labels.service }}',
  stores: '/d/stores',
} as const;

function alertOf(cause: Cause, duration: Duration): AlertRule {
  const { alert, expr, severity, kind, summary, description, command, recover } = cause;
  const { board = 'recovery' } = cause;
  return {
    alert,
    expr,
    ...(cause.for > 0 && { for: duration(cause.for) }),
    labels: { severity, ...(kind !== undefined && { kind }) },
    annotations: {
      summary,
      description,
      command,
      board: boards[board],
      ...(recover !== undefined && { recover }),
    },
  };
}

const deadMan: AlertRule = {
  alert: 'DeadMansSwitch',
  expr: 'vector(1)',
  labels: { severity: 'none' },
  annotations: {
    summary: 'Alerts are evaluated and delivered.',
    description: 'It fires always. When it stops arriving, the receiver outside wakes somebody.',
    command: './gl status',
    board: '/d/platform',
  },
};
