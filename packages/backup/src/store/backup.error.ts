/** A stored file is not what was written: missing, truncated or altered. */
export class BackupDamagedError extends Error {
  override name = 'BackupDamagedError';
}

/** There is no backup with this id, or no file of this name in it. */
export class BackupMissingError extends Error {
  override name = 'BackupMissingError';
}

/** Nothing proves that a backup is ours: it is not signed, or by a key that is not here. */
export class BackupUnprovenError extends Error {
  override name = 'BackupUnprovenError';
}

/** A backup is encrypted, and its key is not here. */
export class BackupSealedError extends Error {
  override name = 'BackupSealedError';
}
