import { setTimeout as sleep } from 'node:timers/promises';
import { formatDuration } from '@gospelib/cli-kit';
import { applicationOf, readApplication } from '../argocd/application.client.ts';
import type { EnvironmentKube } from '../argocd/kube.port.ts';

/** What a release is watched by. */
export interface ReleaseSigns {
  /** What readers cannot do; undefined: nothing. */
  look(): Promise<string | undefined>;
  /** Whether it is all there, and what Argo CD says against it. */
  state(): Promise<{ arrived: boolean; fault: string | undefined }>;
}

export interface WatchOptions {
  /** How long it may take to be synced and healthy. */
  arriveMs: number;
  /** How long it is watched from then on. */
  watchMs: number;
  everyMs: number;
  /** So many faults in a row are no failure: one may be the network of who looks. */
  tolerated: number;
  /** Whether readers were served before: only then what they miss on the way tells against the release. */
  isServed: boolean;
}

/**
 * Watches a release while it is rolled out and for a while afterwards: its pods may answer wrongly long before all of
 * them are there.
 * @returns why it has to go; undefined: it stays
 */
export async function watchRelease(
  { look, state }: ReleaseSigns,
  { arriveMs, watchMs, everyMs, tolerated, isServed }: WatchOptions,
): Promise<string | undefined> {
  const start = performance.now();
  let arrivedAt: number | undefined;
  for (let inRow = 0; ; await sleep(everyMs)) {
    const [complaint, { arrived, fault }] = await Promise.all([look(), state()]);
    const now = performance.now();
    if (arrived) arrivedAt ??= now;
    const counts = isServed || arrivedAt !== undefined;
    const wrong = (counts ? complaint : undefined) ?? fault;
    inRow = wrong === undefined ? 0 : inRow + 1;
    if (wrong !== undefined && inRow > tolerated) return wrong;
    if (arrivedAt !== undefined && wrong === undefined && now - arrivedAt >= watchMs) return;
    if (arrivedAt === undefined && now - start > arriveMs) {
      return `not synced and healthy after ${formatDuration(arriveMs / 1000)}`;
    }
  }
}

/** What Argo CD says of a commit in an environment, for `watchRelease`. */
export async function stateOf(
  { name, argocd }: EnvironmentKube,
  commit: string,
): Promise<{ arrived: boolean; fault: string | undefined }> {
  const { revision, sync, health, isSyncing, complaint } = await readApplication(
    argocd,
    applicationOf(name),
  );
  const isThis = revision === commit;
  const isBad = isThis && (health === 'Degraded' || complaint !== undefined);
  return {
    arrived: isThis && sync === 'Synced' && health === 'Healthy' && !isSyncing,
    fault: isBad ? `${health}${complaint === undefined ? '' : `: ${complaint}`}` : undefined,
  };
}
