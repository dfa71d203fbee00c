/** What lies there is not what was written: missing, cut short or altered. */
export class BackupDamagedError extends Error {
  override name = 'BackupDamagedError';
}

/** No whole backup has this id. */
export class BackupMissingError extends Error {
  override name = 'BackupMissingError';
}
