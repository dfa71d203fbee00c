import { join } from 'node:path';
import { OperatorError, type Progress } from '@gospelib/cli-kit';
import { jobExitCodes } from '@gospelib/platform';
import { type ProcessIdentity, spawnChild } from '@gospelib/processes';
import { z } from 'zod';
import type { LocalConfig } from '../config/local.config.ts';
import { agentEnvironment } from './agent.note.ts';
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
  /** Told what a person should know. */
  say(line: string): void;
  signal: AbortSignal;
  /** Of the job itself. */
  flags?: readonly string[] | undefined;
}

/** The folder of the ingest's project. */
export function ingestFolder({ root, catalogue }: LocalConfig): string {
  return join(root, catalogue.jobs.ingest?.folder ?? '');
}

/**
 * Runs the ingest job against a store and follows it; once more when another one took its lock while the machine was
 * busy, and for no other reason. @throws OperatorError with its last words
 */
export async function runIngest(
  config: LocalConfig,
  falkordbUrl: string,
  observer: IngestObserver,
): Promise<void> {
  if (await attempt(config, falkordbUrl, observer, true)) return;
  observer.say('The ingest lost its lock of the store to another one; it is tried once more.');
  await attempt(config, falkordbUrl, observer, false);
}

/** False when it lost its lock and may be tried again. */
async function attempt(
  config: LocalConfig,
  falkordbUrl: string,
  observer: IngestObserver,
  again: boolean,
): Promise<boolean> {
  const folder = ingestFolder(config);
  const faults: string[] = [];
  const job = await spawnChild({
    command: process.execPath,
    args: [join(folder, 'dist/main.js'), '--progress', 'ndjson', ...(observer.flags ?? [])],
    cwd: folder,
    env: {
      ...withoutSecrets(config),
      ...agentEnvironment(config),
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
  if (code === jobExitCodes.lockLost && again) return false;
  if (code !== 0) {
    const end = code === null ? `ended by ${signal}` : `failed (exit code ${code})`;
    throw new OperatorError(`The ingest ${end}:\n${faults.slice(-20).join('\n')}`);
  }
  return true;
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
