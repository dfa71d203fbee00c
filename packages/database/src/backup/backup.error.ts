/** What was restored is not what the backup says, or a database cannot be made again from its migrations. */
export class BackupMismatchError extends Error {
  override readonly name = 'BackupMismatchError';
}

/** A restore that cannot begin, in words for whoever asked for it; nothing was changed. */
export class RestoreRefusedError extends Error {
  override readonly name = 'RestoreRefusedError';
}
