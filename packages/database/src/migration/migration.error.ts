/** The migrations or their state are wrong. The message is for the operator. */
export class MigrationError extends Error {
  override readonly name: string = 'MigrationError';
}

/** Another runner holds the lock. */
export class MigrationLockedError extends MigrationError {
  override readonly name = 'MigrationLockedError';
}

/** A rollback would have to undo a migration that is marked irreversible. */
export class IrreversibleError extends MigrationError {
  override readonly name = 'IrreversibleError';
}

/** A rollback would lose data, and nobody accepted that. */
export class DataLossError extends MigrationError {
  override readonly name = 'DataLossError';
}

/** A migration takes away what the release that serves may use. */
export class ContractingError extends MigrationError {
  override readonly name = 'ContractingError';
}
