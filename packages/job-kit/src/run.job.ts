import type { SignalAddresses } from './job.addresses.ts';
import { JobMetrics } from './job.metrics.ts';
import type { Note } from './job.trace.ts';

export interface Job<T> {
  /** `ingest`, `backup-graph`: the service of its trace and profile, the `job` of its metrics. */
  name: string;
  version: string;
  addresses: SignalAddresses;
  /** Told when somebody with an address took nothing. */
  warn(line: string): void;
  /** Whether a result is a failure, of a job that does not throw. */
  failed?(result: T): boolean;
}

/** What a job may say of itself while it runs. */
export interface JobRun {
  /** An event of its span. */
  note: Note;
  /** Sent before the process ends, so that it outlives it. */
  metrics: Pick<JobMetrics, 'set'>;
}

/**
 * Runs a job and sends its trace, its metrics and its profile before it ends: afterwards nobody can ask the process any
 * more. Who does not take them costs the job a few seconds at its end, and never its success.
 */
export async function runJob<T>(
  { name, version, addresses, warn, failed = () => false }: Job<T>,
  work: (run: JobRun) => Promise<T>,
): Promise<T> {
  const metrics = new JobMetrics();
  // What has no address is not even loaded.
  const profile =
    addresses.profiles === undefined
      ? undefined
      : new (await import('./job.profile.ts')).JobProfile();
  const { traces } = addresses;
  const traced = async (): Promise<T> => {
    if (traces === undefined) return work({ note: () => undefined, metrics });
    const { runTraced } = await import('./job.trace.ts');
    return runTraced({ name, version, endpoint: traces }, (note) => work({ note, metrics }));
  };
  const began = performance.now();
  const done = (outcome: 'succeeded' | 'failed'): void => {
    const when = `When the job last ${outcome}, seconds since 1970.`;
    metrics.set(`gospelib_job_${outcome}_seconds`, when, Date.now() / 1000);
    const seconds = (performance.now() - began) / 1000;
    metrics.set('gospelib_job_duration_seconds', 'How long its last run took.', seconds);
  };
  try {
    const result = await traced();
    done(failed(result) ? 'failed' : 'succeeded');
    return result;
  } catch (error) {
    done('failed');
    throw error;
  } finally {
    await Promise.all([
      send('metrics', addresses.metrics, (address) => metrics.push(address, name)),
      send('profile', addresses.profiles, (address) => profile?.push(address, name)),
    ]);
  }

  async function send(
    what: string,
    address: string | undefined,
    push: (address: string) => Promise<void> | undefined,
  ): Promise<void> {
    if (address === undefined) return;
    try {
      await push(address);
    } catch (error) {
      warn(`${name}: its ${what} could not be sent: ${(error as Error).message}`);
    }
  }
}
