import { budgetDays, type Objective } from './objectives.ts';
import type { AlertRule, Duration, RecordingRule, RuleFile, Severity } from './rule.types.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

export type Indicator = 'available' | 'in-time';

/** An alert when `share` of the budget burns within the long window, and still burns in the short one. */
interface Burn {
  share: number;
  long: number;
  short: number;
  severity: Severity;
}

/** After https://sre.google/workbook/alerting-on-slos/, section 6, with the budget's own period. */
const burns: readonly Burn[] = [
  { share: 0.02, long: hour, short: 5 * minute, severity: 'page' },
  { share: 0.05, long: 6 * hour, short: 30 * minute, severity: 'page' },
  { share: 0.1, long: day, short: 2 * hour, severity: 'ticket' },
];

/** Fewer requests than this in the long window say nothing about a share of them. */
const leastRequests = 50;

const indicators: readonly Indicator[] = ['available', 'in-time'];

/** Recording rules and burn-rate alerts of all objectives. */
export function sloRules(objectives: readonly Objective[], duration: Duration): RuleFile {
  const windows = [...new Set(burns.flatMap(({ long, short }) => [long, short]))];
  const records = (seconds: number): RecordingRule[] =>
    objectives.flatMap((objective) => recordWindow(objective, seconds, duration));
  return {
    groups: [
      {
        name: 'objectives',
        interval: duration(30),
        rules: windows.flatMap(records),
      },
      {
        name: 'budgets',
        interval: duration(5 * minute),
        rules: [
          ...records(budgetDays * day),
          ...objectives.flatMap((objective) =>
            indicators.map((indicator) => recordBudget(objective, indicator, duration)),
          ),
        ],
      },
      {
        name: 'burns',
        interval: duration(30),
        rules: objectives.flatMap((objective) =>
          indicators.flatMap((indicator) =>
            burns.map((burn) => alertOf(objective, indicator, burn, duration)),
          ),
        ),
      },
    ],
  };
}

/** The share of requests that may miss the objective. */
export function budgetOf({ available, inTime }: Objective, indicator: Indicator): number {
  const share = indicator === 'available' ? available : inTime.share;
  return Math.round((1 - share) * 1e6) / 1e6;
}

const requests = (seconds: number, duration: Duration): string =>
  `objective:requests:increase${duration(seconds)}`;
const missed = (seconds: number, duration: Duration): string =>
  `objective:missed:ratio${duration(seconds)}`;

function recordWindow(objective: Objective, seconds: number, duration: Duration): RecordingRule[] {
  const { name, inTime } = objective;
  const window = `[${duration(seconds)}]`;
  const count = (suffix: string, ...more: string[]): string =>
    `sum(increase(http_server_request_duration_seconds_${suffix}{${[selectorOf(objective), ...more].join(', ')}}${window}))`;
  const all = count('count');
  const failed = count('count', 'http_response_status_code=~"5.."');
  const answered = count('count', 'http_response_status_code!~"5.."');
  const fast = count('bucket', 'http_response_status_code!~"5.."', `le="${inTime.within}"`);
  const record = missed(seconds, duration);
  return [
    { record: requests(seconds, duration), expr: all, labels: { objective: name } },
    {
      record,
      // A series of failures does not exist before the first one: no failure among requests is 0, no requests is nothing.
      expr: `(${failed} or ${all} * 0) / (${all} > 0)`,
      labels: { objective: name, indicator: 'available' },
    },
    {
      record,
      expr: `1 - ${fast} / (${answered} > 0)`,
      labels: { objective: name, indicator: 'in-time' },
    },
  ];
}

function selectorOf({ methods, routes }: Objective): string {
  return `service="gateway", http_request_method=~"${methods.join('|')}", http_route=~"${routes.join('|')}"`;
}

function recordBudget(
  objective: Objective,
  indicator: Indicator,
  duration: Duration,
): RecordingRule {
  const labels = { objective: objective.name, indicator };
  const ratio = `${missed(budgetDays * day, duration)}{objective="${objective.name}", indicator="${indicator}"}`;
  return {
    record: 'objective:budget_left:ratio',
    expr: `1 - ${ratio} / ${budgetOf(objective, indicator)}`,
    labels,
  };
}

function alertOf(
  objective: Objective,
  indicator: Indicator,
  { share, long, short, severity }: Burn,
  duration: Duration,
): AlertRule {
  const { name, does, inTime } = objective;
  // How many times faster than evenly over the period.
  const rate = (share * budgetDays * day) / long;
  const most = Number((rate * budgetOf(objective, indicator)).toPrecision(4));
  const labels = `{objective="${name}", indicator="${indicator}"}`;
  const misses =
    indicator === 'available' ? 'fails with 5xx' : `takes longer than ${inTime.within} s`;
  return {
    alert: indicator === 'available' ? 'ReadersGetErrors' : 'ReadersWait',
    expr: [
      `${missed(long, duration)}${labels} > ${most}`,
      `and ${missed(short, duration)}${labels} > ${most}`,
      `and on (objective) ${requests(long, duration)}{objective="${name}"} >= ${leastRequests}`,
    ].join(' '),
    labels: { severity, objective: name, indicator, window: duration(long) },
    annotations: {
      summary: `{{ $value | humanizePercentage }} of ${does} ${misses}, for ${duration(long)} and still.`,
      description: `At this rate more than ${share * 100} % of the error budget of ${budgetDays} days burns in ${duration(long)}.`,
      command: './gl recover',
      board: '/d/service?var-service=gateway',
      recover: 'service-away',
    },
  };
}
