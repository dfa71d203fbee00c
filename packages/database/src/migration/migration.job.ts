import { runMigrationCommand } from './migration.command.ts';
import { migrationsFolder } from './migration.files.ts';

/** Whose migrations: of which schema, and beside which program they lie. */
export interface MigrationJob {
  schema: string;
  /** Of the service. */
  version: string;
  /** `import.meta.url` of its `migrate.main.ts`. */
  program: string;
}

/**
 * A service's whole `migrate.main.ts`. What changes a schema is run as a job: its trace, metrics and profile are sent
 * before it ends.
 * @returns the exit code: 0 done, 1 failed, 2 wrong use
 */
export async function runMigrationJob({ schema, version, program }: MigrationJob): Promise<number> {
  const run = () => runMigrationCommand({ schema, folder: migrationsFolder(program) });
  const words = process.argv.slice(2);
  if (words[0] !== 'migrate' || words.includes('--dry-run')) return run();
  // Loaded here: of all that use this package only jobs need it.
  const { runJob, signalAddresses } = await import('@gospelib/job-kit');
  const job = {
    name: `migrations-${schema}`,
    version,
    addresses: signalAddresses(process.env),
    warn: (line: string) => void process.stderr.write(`${line}\n`),
    failed: (code: number) => code !== 0,
  };
  return runJob(job, run);
}
