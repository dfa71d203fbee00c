/** The restored data differs from what the backup says, or a database cannot be recreated from its migrations. */
export class BackupMismatchError extends Error {
  override readonly name = 'BackupMismatchError';
}

/** A restore cannot begin; nothing was changed. The message is for the operator. */
export class RestoreRefusedError extends Error {
  override readonly name = 'RestoreRefusedError';
}
