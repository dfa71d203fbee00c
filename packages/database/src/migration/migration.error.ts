/** What is wrong with the migrations or their state, in words for the person who runs them. */
export class MigrationError extends Error {
  override readonly name: string = 'MigrationError';
}

/** Another runner holds the lock. */
export class MigrationLockedError extends MigrationError {
  override readonly name = 'MigrationLockedError';
}

/** A rollback would pass a migration that says it cannot be undone. */
export class IrreversibleError extends MigrationError {
  override readonly name = 'IrreversibleError';
}

/** A rollback would lose data, and nobody said that this is accepted. */
export class DataLossError extends MigrationError {
  override readonly name = 'DataLossError';
}
