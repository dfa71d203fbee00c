/** What a probe can find. Rules are chosen by these and by the snapshot, by nothing else. */
export type FindingKind =
  /** A part could not be looked at. */
  | 'unknown'
  | 'infra-drifted'
  | 'state-damaged'
  | 'state-held'
  | 'disk-full'
  | 'disk-refuses'
  | 'disk-low'
  | 'nothing-runs'
  | 'process-away'
  | 'service-fails'
  | 'job-failed'
  | 'signing-key-sealed'
  | 'readers-unserved'
  | 'release-broken'
  | 'release-unpullable'
  | 'argocd-away'
  | 'argocd-paused'
  | 'graph-away'
  | 'graph-busy'
  | 'graph-none'
  | 'graph-nowhere'
  | 'graph-gone'
  | 'graph-damaged'
  | 'graph-quarantined'
  | 'graph-slow'
  | 'graph-unattested'
  | 'database-away'
  | 'role-refused'
  | 'schema-pending'
  | 'schema-unknown'
  | 'schema-damaged'
  /** It was never made, or it is gone: only a backup tells. */
  | 'schema-gone'
  | 'rows-gone'
  | 'backup-none'
  | 'backup-old'
  | 'backup-unverified'
  | 'backup-damaged';

export interface Finding {
  kind: FindingKind;
  /** A fault must be repaired; a warning is worth knowing, and may be repaired on the way; else nothing is known. */
  level: 'fault' | 'warning' | 'unknown';
  /** A version, a schema, a part, a backup. */
  subject: string;
  /** For people: what is so, and what follows from it. */
  text: string;
  /** The first differences, where there are many. */
  details?: readonly string[];
}
