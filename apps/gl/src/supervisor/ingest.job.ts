import { join } from 'node:path';
import { OperatorError, type Progress } from '@gospelib/cli-kit';
import { type ProcessIdentity, spawnChild } from '@gospelib/processes';
import type { Config } from '../config.ts';
import { withoutSecrets } from './services.ts';

export interface IngestWatch {
  started(process: ProcessIdentity): void;
  progress(progress: Progress): void;
  log(line: string): void;
  signal: AbortSignal;
}

/** Runs the ingest job against a store and follows it. @throws OperatorError with its last words */
export async function runIngest(
  config: Config,
  falkordbUrl: string,
  watch: IngestWatch,
): Promise<void> {
  const folder = join(config.root, 'services/ingest');
  const faults: string[] = [];
  const job = await spawnChild({
    command: process.execPath,
    args: [join(folder, 'dist/main.js'), '--progress', 'ndjson'],
    cwd: folder,
    env: { ...withoutSecrets(config.env), FALKORDB_URL: falkordbUrl },
    log: (line, stream) => {
      watch.log(line);
      if (stream === 'stderr') faults.push(line);
      else if (line.startsWith('{')) report(line, watch);
    },
  });
  watch.started(job.identity);
  const stop = () => void job.stop();
  watch.signal.addEventListener('abort', stop, { once: true });
  const { code, signal } = await job.exited;
  watch.signal.removeEventListener('abort', stop);
  if (code !== 0) {
    const end = code === null ? `ended by ${signal}` : `failed (exit code ${code})`;
    throw new OperatorError(`The ingest ${end}:\n${faults.slice(-20).join('\n')}`);
  }
}

function report(line: string, watch: IngestWatch): void {
  const event = parse(line);
  if (event?.event !== 'progress') return;
  const { stage, done, total } = event;
  if (typeof stage === 'string' && typeof done === 'number' && typeof total === 'number') {
    watch.progress({ stage, done, total });
  }
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined; // not one of its events
  }
}
