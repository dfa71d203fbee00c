/** A board for one question. What every panel has alike is added by `dashboard.build.ts`. */
export interface Dashboard {
  /** Its file and address. */
  uid: string;
  title: string;
  /** Which question it answers. */
  description: string;
  /** Lets the reader choose one service; queries name it as `$service`. */
  byService?: boolean;
  rows: readonly { title: string; panels: readonly Panel[] }[];
}

export interface Panel {
  title: string;
  /** What is good and what is not. */
  description: string;
  /** Grafana's name: https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts */
  unit: string;
  /** Lines over time when left out; `now`: the last value alone. */
  shows?: 'now';
  queries: readonly Query[];
  next: Next;
}

export type Query =
  | { promql: string; legend: string }
  | { logql: string; legend: string; lines?: boolean };

/** Where to look when a panel shows trouble. */
export interface Next {
  title: string;
  /** A path of Grafana, or an address. */
  url: string;
}
