import type { ProcessStatus } from '@gospelib/environment';
import type { Job } from '../kube/kube.objects.ts';

/** A job as its newest run stands. */
export interface JobStatus extends ProcessStatus {
  /** The name of that run in the cluster, where it failed. */
  failedRun?: string;
}

/** The newest run of each job; those that a schedule started are told as one. */
export function statusOfJobs(jobs: readonly Job[], now: number): JobStatus[] {
  const newest = new Map<string, Job>();
  for (const job of jobs) {
    const { name, creationTimestamp, ownerReferences } = job.metadata;
    const key = ownerReferences?.find(({ kind }) => kind === 'CronJob')?.name ?? name;
    const before = newest.get(key);
    if (before === undefined || before.metadata.creationTimestamp < creationTimestamp) {
      newest.set(key, job);
    }
  }
  return [...newest].map(([key, { metadata, status }]): JobStatus => {
    const has = (type: string) =>
      status.conditions.find((one) => one.type === type && one.status === 'True');
    const failed = has('Failed');
    const common = { name: key.replace(/^gospelib-/, ''), restarts: 0 };
    if (failed !== undefined) {
      const reason = `${failed.message ?? failed.reason}`;
      return { ...common, state: 'failed', reason, failedRun: metadata.name };
    }
    if (has('Complete') !== undefined) return { ...common, state: 'completed' };
    const since = status.startTime;
    return {
      ...common,
      state: 'running',
      ...(since && { uptime: Math.round((now - Date.parse(since)) / 1000) }),
    };
  });
}
