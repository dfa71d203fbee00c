import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endWithOwner, ownedByThisProcess } from '../../../packages/processes/src/owner.process.ts';
import { beginRecord } from '../reads/read.record.ts';

/**
 * Called by the configuration of each test runner. Temporary folders go to the run's own (GOSPELIB_RUN, set by
 * `./gl test`), Node processes that tests start end with this one, and what they read is recorded.
 */
export async function joinRun(kind: 'unit' | 'integration' | 'whole'): Promise<void> {
  endWithOwner(); // `./gl test` owns the runner; the runner owns what its tests start
  if (process.env.GOSPELIB_RUN) process.env.TMPDIR = process.env.GOSPELIB_RUN;
  process.env.JITI_FS_CACHE = 'false'; // Knip loads with jiti, which would leave its cache in the temporary folder
  Object.assign(process.env, ownedByThisProcess());
  // Who runs tests has a remote that is no place for what tests do to their clusters.
  process.env.GOSPELIB_RECORDS ??= join(tmpdir(), 'gospelib-no-records.git');
  // Whole platforms are not served from the cache: nothing depends on what they read.
  if (kind !== 'whole') process.env.GOSPELIB_READS = beginRecord(kind);
  const preload = pathToFileURL(join(import.meta.dirname, 'test.preload.ts'));
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import=${preload}`.trim();
  await import('../reads/read.recorder.ts');
}
