import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDatabase, type Database } from '@gospelib/database';
import { startPostgres } from '@gospelib/stores';
import { type Config, readConfig } from '../config.ts';
import { migrateAll } from '../supervisor/migration.job.ts';
import { schemaNames } from '../supervisor/schemas.ts';
import { type CliResult, cli } from './cli.ts';

/** A PostgreSQL of its own, and a release whose migrations a test may add to. */
export interface DatabaseWorld {
  config: Config;
  /** The owner's address. */
  url: string;
  folder: string;
  /** Brings every schema up, without a backup. */
  up(): Promise<void>;
  /** Runs the real command line on that PostgreSQL; its migrations are the repository's own. */
  gl(...args: string[]): Promise<CliResult>;
  /** Queries as the owner, in the schema study. */
  study<T>(work: (database: Database) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openDatabaseWorld(): Promise<DatabaseWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-gl-'));
  const store = await startPostgres({ dataDir: join(folder, 'postgresql'), persistence: false });
  const env = { DATABASE_URL: store.url };
  const real = readConfig({ data: folder }, env);
  const config = { ...real, root: join(folder, 'release') };
  for (const name of schemaNames) {
    const migrations = join('services', name, 'migrations');
    cpSync(join(real.root, migrations), join(config.root, migrations), { recursive: true });
  }
  return {
    config,
    url: store.url,
    folder,
    up: async () => {
      await migrateAll(config, store.url, () => undefined, { backup: false });
    },
    gl: (...args) => cli([...args, '--data', folder], env),
    study: async (work) => {
      const database = connectDatabase({ url: store.url, schema: 'study', application: 'test' });
      try {
        return await work(database);
      } finally {
        await database.close();
      }
    },
    close: async () => {
      await store.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
