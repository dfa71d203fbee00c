import { migrationsFolder, runMigrationCommand } from '@gospelib/database';
import { runJob, signalAddresses } from '@gospelib/job-kit';
import manifest from '../package.json' with { type: 'json' };

const run = () =>
  runMigrationCommand({ schema: 'study', folder: migrationsFolder(import.meta.url) });
const job = {
  name: 'migrations-study',
  version: manifest.version,
  addresses: signalAddresses(process.env),
  warn: (line: string) => void process.stderr.write(`${line}\n`),
  failed: (code: number) => code !== 0,
};

const words = process.argv.slice(2);
const changes = words[0] === 'migrate' && !words.includes('--dry-run');
process.exitCode = changes ? await runJob(job, run) : await run();
