import { migrationsFolder, runMigrationCommand } from '@gospelib/database';

process.exitCode = await runMigrationCommand({
  schema: 'study',
  folder: migrationsFolder(import.meta.url),
});
