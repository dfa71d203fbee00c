import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { withStore } from '../store.session.ts';
import { buildProjects } from '../supervisor/build.ts';

/**
 * Runs the ingest job with its own flags, against the running platform's store, the environment's,
 * or one started for it.
 */
export async function ingest(config: Config, flags: readonly string[]): Promise<number> {
  const say = (line: string) => console.error(line);
  await buildProjects(config, ['@gospelib/ingest'], say, new AbortController().signal);
  if (flags.includes('--help') || flags.includes('-h') || flags.includes('--dry-run'))
    return run(config, undefined, flags);
  return withStore(config, 'falkordb', (url) => run(config, url, flags));
}

/** The job at this terminal: its output is ours, and so is its exit code. */
async function run(config: Config, falkordbUrl: string | undefined, flags: readonly string[]) {
  const folder = join(config.root, 'services/ingest');
  const job = spawn(process.execPath, [join(folder, 'dist/main.js'), ...flags], {
    stdio: 'inherit',
    env: { ...config.env, ...(falkordbUrl === undefined ? {} : { FALKORDB_URL: falkordbUrl }) },
  });
  // A Ctrl-C reaches the job too; it ends in order, and so do we, after it.
  const wait = () => {};
  process.on('SIGINT', wait);
  const pass = () => void job.kill('SIGTERM');
  process.on('SIGTERM', pass);
  const [code] = (await once(job, 'exit')) as [number | null];
  process.off('SIGINT', wait);
  process.off('SIGTERM', pass);
  return code ?? 1;
}
