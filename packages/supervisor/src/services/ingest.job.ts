import { join } from 'node:path';
import { OperatorError, type Progress } from '@gospelib/cli-kit';
import { type ProcessIdentity, spawnChild } from '@gospelib/processes';
import { z } from 'zod';
import type { LocalConfig } from '../config/local.config.ts';
import { withoutSecrets } from './service.environment.ts';

const progressEvent = z.object({
  event: z.literal('progress'),
  stage: z.string(),
  done: z.number(),
  total: z.number(),
});

export interface IngestObserver {
  started(process: ProcessIdentity): void;
  progress(progress: Progress): void;
  log(line: string): void;
  signal: AbortSignal;
}

/** The folder of the ingest's project. */
export function ingestFolder({ root, catalogue }: LocalConfig): string {
  return join(root, catalogue.jobs.ingest?.folder ?? '');
}

/** Runs the ingest job against a store and follows it. @throws OperatorError with its last words */
export async function runIngest(
  config: LocalConfig,
  falkordbUrl: string,
  observer: IngestObserver,
): Promise<void> {
  const folder = ingestFolder(config);
  const faults: string[] = [];
  const job = await spawnChild({
    command: process.execPath,
    args: [join(folder, 'dist/main.js'), '--progress', 'ndjson'],
    cwd: folder,
    env: {
      ...withoutSecrets(config),
      [config.catalogue.stores.falkordb.addressVariable]: falkordbUrl,
    },
    log: (line, stream) => {
      observer.log(line);
      if (stream === 'stderr') faults.push(line);
      else if (line.startsWith('{')) report(line, observer);
    },
  });
  observer.started(job.identity);
  const stop = () => void job.stop();
  observer.signal.addEventListener('abort', stop, { once: true });
  const { code, signal } = await job.exited;
  observer.signal.removeEventListener('abort', stop);
  if (code !== 0) {
    const end = code === null ? `ended by ${signal}` : `failed (exit code ${code})`;
    throw new OperatorError(`The ingest ${end}:\n${faults.slice(-20).join('\n')}`);
  }
}

function report(line: string, observer: IngestObserver): void {
  const event = progressEvent.safeParse(parse(line));
  if (!event.success) return;
  const { stage, done, total } = event.data;
  observer.progress({ stage, done, total });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // not one of its events
  }
}
