import { migrationsFolder, runMigrationCommand } from '@gospelib/database';

process.exitCode = await runMigrationCommand({
  schema: 'accounts',
  folder: migrationsFolder(import.meta.url),
});
