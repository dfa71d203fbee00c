/** Prometheus' rule files: https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/ */
export interface RuleFile {
  groups: readonly RuleGroup[];
}

export interface RuleGroup {
  name: string;
  interval: string;
  rules: readonly (RecordingRule | AlertRule)[];
}

export interface RecordingRule {
  record: string;
  expr: string;
  labels?: Readonly<Record<string, string>>;
}

export interface AlertRule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: Severity } & Readonly<Record<string, string>>;
  annotations: {
    /** What happened. */
    summary: string;
    /** What it means. */
    description: string;
    /** The command that finds out more, or mends it. */
    command: string;
    /** The board that shows it, as a path below Grafana’s address. */
    board: string;
    /** The row of `recover` that treats it; absent where none does. */
    recover?: string;
  };
}

/** `page`: wakes somebody, readers are hurt now. `ticket`: by day. `none`: only that it goes on arriving counts. */
export type Severity = 'page' | 'ticket' | 'none';

/** Writes a number of seconds for Prometheus. Tests pass one that makes time shorter. */
export type Duration = (seconds: number) => string;

/** 3600 → `1h`, 90 → `90s`. */
export const inFull: Duration = (seconds) => {
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
  ] as const;
  const unit = units.find(([, size]) => seconds >= size && seconds % size === 0);
  return unit === undefined ? `${seconds}s` : `${seconds / unit[1]}${unit[0]}`;
};

/** `1h` → 3600, `250ms` → 0.25. @throws Error for what is no duration of one unit */
export function secondsOf(duration: string): number {
  const units: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };
  const [, count, unit = ''] = /^(\d+)(ms|[smhd])$/.exec(duration) ?? [];
  const size = units[unit];
  if (count === undefined || size === undefined) throw new Error(`${duration} is no duration.`);
  return Number(count) * size;
}
