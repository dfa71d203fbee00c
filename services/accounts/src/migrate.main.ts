import { runMigrationJob } from '@gospelib/database';
import manifest from '../package.json' with { type: 'json' };

const { version } = manifest;
process.exitCode = await runMigrationJob({ schema: 'accounts', version, program: import.meta.url });
