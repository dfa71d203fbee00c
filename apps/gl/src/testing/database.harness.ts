import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateAll, schemas } from '@gospelib/data-ops';
import { connectDatabase, type Database } from '@gospelib/database';
import { LocalEnvironment, readLocalConfig } from '@gospelib/supervisor';
import { startTestPostgres } from '@gospelib/testkit';
import { repositoryRoot } from '../environment.choice.ts';
import { type CliResult, cli } from './cli.ts';

/** A PostgreSQL of its own, and a release whose migrations a test may add to. */
export interface DatabaseHarness {
  environment: LocalEnvironment;
  /** The folder of the release. */
  root: string;
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

export async function openDatabaseHarness(): Promise<DatabaseHarness> {
  const folder = mkdtempSync(join(tmpdir(), 'gospelib-gl-'));
  const store = await startTestPostgres();
  const env = { DATABASE_URL: store.url };
  const root = join(folder, 'release');
  const environment = new LocalEnvironment(readLocalConfig(root, { data: folder }, env));
  for (const name of schemas) {
    const migrations = join('services', name, 'migrations');
    cpSync(join(repositoryRoot, migrations), join(root, migrations), { recursive: true });
  }
  return {
    environment,
    root,
    url: store.url,
    folder,
    up: async () => {
      await migrateAll(environment, store.url, () => undefined, { backup: false });
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
