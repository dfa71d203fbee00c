import type pg from 'pg';
import type { Migration } from './migration.files.ts';

/**
 * Hands migrations to node-pg-migrate, which runs each in its own transaction together with its row in
 * `<schema>.migrations`. Loaded on demand: services import this package too, and never migrate.
 */
export async function runMigrations(
  client: pg.Client,
  schema: string,
  folder: string,
  migrations: readonly Migration[],
  direction: 'up' | 'down',
  count: number,
): Promise<void> {
  const { runner } = await import('node-pg-migrate');
  const units = migrations.map(({ name, up, down, transaction }) => ({
    id: name,
    filePaths: [],
    actions: {
      up: statementsOf(up, transaction),
      down: down === undefined ? (false as const) : statementsOf(down, transaction),
    },
  }));
  await runner({
    dbClient: client,
    dir: folder,
    migrationLoaderStrategies: [{ extensions: ['.sql'], loader: async () => units }],
    schema,
    migrationsTable: 'migrations',
    direction,
    count,
    checkOrder: true,
    noLock: true, // our own lock is held around the whole run
    logger: silent,
  });
}

interface Builder {
  sql(text: string): unknown;
  noTransaction(): unknown;
}

function statementsOf(sql: string, transaction: boolean): (builder: Builder) => void {
  return (builder) => {
    if (!transaction) builder.noTransaction();
    builder.sql(sql);
  };
}

/** node-pg-migrate would log whole statements; the error that it throws names the migration and the fault. */
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
