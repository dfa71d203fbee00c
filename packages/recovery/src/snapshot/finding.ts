/** What a look can find. The tables of plans are keyed by nothing else than these and what is known beside them. */
export type FindingKind =
  | 'nothing-runs'
  | 'process-away'
  | 'service-fails'
  | 'graph-away'
  | 'graph-busy'
  | 'graph-none'
  | 'graph-nowhere'
  | 'graph-gone'
  | 'graph-damaged'
  | 'graph-slow'
  | 'graph-unvouched'
  | 'database-away'
  | 'schema-pending'
  | 'schema-unknown'
  | 'schema-damaged'
  | 'backup-none'
  | 'backup-old'
  | 'backup-unverified'
  | 'backup-damaged';

export interface Finding {
  kind: FindingKind;
  /** A fault is to be mended; a warning is worth knowing, and may be mended on the way. */
  level: 'fault' | 'warning';
  /** A version, a schema, a part, a backup. */
  subject: string;
  /** For people: what is so, what it dependencies. */
  text: string;
  /** The first differences, where there are many. */
  details?: readonly string[];
}
