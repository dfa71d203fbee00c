import { writeFileSync } from 'node:fs';
import { connectGraph } from '@gospelib/graph';
import { runJob, signalAddresses } from '@gospelib/job-kit';
import manifest from '../package.json' with { type: 'json' };
import { ConfigError, type IngestConfig } from './config.ts';
import { runIngest } from './ingest.job.ts';
import type { IngestReport } from './report/ingest.report.ts';
import { type ProgressKind, progressOutput } from './report/progress.output.ts';
import { reportTable } from './report/report.table.ts';
import type { EditionWish } from './sources/edition.choice.ts';

export interface IngestFlags {
  sourceDir?: string;
  sword?: string;
  edition: EditionWish;
  dryRun: boolean;
  force: boolean;
  json: boolean;
  report?: string;
  progress?: ProgressKind;
}

/** In a cluster the store may start together with the job. */
const CONNECT_TIMEOUT = 60_000;
/** Long: nobody waits at a screen, and a busy store answers late. */
const COMMAND_TIMEOUT = 30_000;

/**
 * One run of the ingest, reported on stdout as a table, as JSON, or as a stream of JSON lines.
 * @throws ConfigError without a store; SourceError, VerificationError, IngestLockedError, StoreUnavailableError
 */
export async function ingest(flags: IngestFlags, config: IngestConfig): Promise<void> {
  const { FALKORDB_URL: url } = config;
  if (!flags.dryRun && url === undefined) {
    throw new ConfigError('FALKORDB_URL must name the store; only --dry-run goes without one');
  }
  const store =
    flags.dryRun || url === undefined ? undefined : connectGraph(url, { timeout: COMMAND_TIMEOUT });
  const progress = progressOutput(flags.progress ?? (process.stderr.isTTY ? 'bar' : 'none'));
  try {
    await store?.whenReady(CONNECT_TIMEOUT);
    const { version } = manifest;
    const addresses = signalAddresses(config);
    const job = { name: 'ingest', version, addresses, warn: (line: string) => console.error(line) };
    const report = await runJob(job, ({ note }) => {
      let stage = '';
      return runIngest({
        store,
        force: flags.force,
        sources: {
          packages: flags.sourceDir,
          sword: flags.sword ?? config.GOSPELIB_SWORD,
          edition: flags.edition,
        },
        onProgress: (event) => {
          if (event.stage !== stage) note(event.stage);
          stage = event.stage;
          progress.show(event);
        },
      });
    });
    progress.end();
    tell(report, flags);
  } finally {
    progress.end();
    await store?.close();
  }
}

function tell(report: IngestReport, flags: IngestFlags): void {
  if (flags.report !== undefined) {
    writeFileSync(flags.report, `${JSON.stringify(report, undefined, 2)}\n`);
  }
  if (flags.progress === 'ndjson') console.log(JSON.stringify({ event: 'report', report }));
  else if (flags.json) console.log(JSON.stringify(report, undefined, 2));
  else console.log(reportTable(report));
}
