import { fileURLToPath } from 'node:url';
import { runMigrationCommand } from '@gospelib/database';

process.exitCode = await runMigrationCommand({
  schema: 'study',
  folder: fileURLToPath(new URL('../migrations', import.meta.url)),
});
