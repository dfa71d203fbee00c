/** The right to repair, held by one recovery at a time. */
export interface RecoveryLock {
  release(): void | Promise<void>;
}

/** Who repairs at this moment. */
export interface RecoveryHolder {
  /** `process 4711 of this machine` */
  who: string;
  /** ISO 8601. */
  since: string;
}
