/** A stored file is not what was written: missing, truncated or altered. */
export class BackupDamagedError extends Error {
  override name = 'BackupDamagedError';
}

/** There is no backup with this id, or no file of this name in it. */
export class BackupMissingError extends Error {
  override name = 'BackupMissingError';
}
