import { OperatorError, waitUntil } from '@gospelib/cli-kit';
import { z } from 'zod';
import type { Kube } from './kube.port.ts';

/** Stops Argo CD from comparing and syncing; unlike the sync policy, no Application of Applications puts it back. */
const PAUSE = 'argocd.argoproj.io/skip-reconcile';
const REFRESH = 'argocd.argoproj.io/refresh';
const POLL_MS = 500;
/** Many times what it takes; while git does not answer it takes longest. */
const ANSWER_MS = 10_000;

const application = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).default({}) }),
  spec: z
    .object({ source: z.object({ targetRevision: z.string().default('HEAD') }).optional() })
    .default({}),
  operation: z.looseObject({}).optional(),
  status: z
    .object({
      sync: z.object({ status: z.string(), revision: z.string().default('') }).optional(),
      health: z
        .object({ status: z.string().optional(), lastTransitionTime: z.iso.datetime().optional() })
        .optional(),
      reconciledAt: z.iso.datetime().optional(),
      operationState: z
        .object({
          phase: z.string(),
          message: z.string().default(''),
          finishedAt: z.iso.datetime().nullish(),
        })
        .optional(),
      conditions: z.array(z.object({ type: z.string(), message: z.string() })).default([]),
    })
    .default({ conditions: [] }),
});

/** An Application of Argo CD, as it says itself. Times are ISO 8601. */
export interface ApplicationState {
  /** The commit that the cluster was compared with; empty: none yet. */
  revision: string;
  sync: string;
  /** When the last sync ended. */
  syncedAt: string | undefined;
  health: string;
  healthSince: string | undefined;
  /** A sync under way. */
  isSyncing: boolean;
  isPaused: boolean;
  /** Somebody asked it to look at git, and it did not yet. */
  isAsked: boolean;
  /** The branch that it follows. */
  follows: string;
  /** What it complains about; undefined: nothing. */
  complaint: string | undefined;
}

/** The Application of an environment. */
export function applicationOf(environment: string): string {
  return `gospelib-${environment}`;
}

/** Undefined where there is no such Application, or no Argo CD at all. @throws OperatorError */
export async function findApplication(
  argocd: Kube,
  name: string,
): Promise<ApplicationState | undefined> {
  try {
    const text = await argocd.find(['get', 'applications.argoproj.io', name, '-o', 'json']);
    return text === undefined ? undefined : parseApplication(JSON.parse(text));
  } catch (error) {
    if (error instanceof OperatorError && /doesn't have a resource type/.test(error.what)) return;
    throw error;
  }
}

/** @throws OperatorError where there is no such Application */
export async function readApplication(argocd: Kube, name: string): Promise<ApplicationState> {
  const found = await findApplication(argocd, name);
  if (found === undefined) throw noApplication(name);
  return found;
}

export function noApplication(name: string): OperatorError {
  return new OperatorError(
    `Argo CD has no Application ${name}.`,
    'docs/operations/ci-cd.md tells how infra/argocd is handed over to it.',
  );
}

/** @throws ZodError for what is no Application */
export function parseApplication(value: unknown): ApplicationState {
  const { metadata, spec, operation, status } = application.parse(value);
  const { sync, health, operationState, conditions } = status;
  const isRunning = ['Running', 'Terminating'].includes(operationState?.phase ?? '');
  const hasFailed = ['Failed', 'Error'].includes(operationState?.phase ?? '');
  return {
    revision: sync?.revision ?? '',
    sync: sync?.status ?? 'Unknown',
    syncedAt: operationState?.finishedAt ?? undefined,
    health: health?.status ?? 'Unknown',
    healthSince: health?.lastTransitionTime,
    isSyncing: operation !== undefined || isRunning,
    isPaused: metadata.annotations[PAUSE] === 'true',
    isAsked: metadata.annotations[REFRESH] !== undefined,
    follows: spec.source?.targetRevision ?? 'HEAD',
    complaint:
      conditions.find(({ type }) => type.endsWith('Error'))?.message ??
      (hasFailed ? operationState?.message : undefined),
  };
}

/**
 * Stops automated sync and self-heal, and ends a sync under way with its retries: whatever stands in git, nothing of it
 * reaches the cluster until `resume`.
 * @returns whether no sync is under way any more; false: it is to end, and does so once Argo CD goes on
 */
export async function pause(argocd: Kube, name: string, timeoutMs = 5_000): Promise<boolean> {
  await merge(argocd, name, { metadata: { annotations: { [PAUSE]: 'true' } } });
  const ended = await waitUntil(
    async () => {
      const { isSyncing } = await readApplication(argocd, name);
      if (!isSyncing) return true;
      await merge(argocd, name, { status: { operationState: { phase: 'Terminating' } } });
      return undefined;
    },
    { timeoutMs, everyMs: POLL_MS },
  );
  return ended === true;
}

/** Lets Argo CD go on, with what git has now and not with what it saw before. */
export async function resume(argocd: Kube, name: string): Promise<void> {
  await merge(argocd, name, { metadata: { annotations: { [PAUSE]: null, [REFRESH]: 'hard' } } });
}

/** Whether Argo CD looks at git in time when it was asked to; while it is away nothing of git reaches the cluster. */
export async function answersInTime(
  argocd: Kube,
  name: string,
  timeoutMs = ANSWER_MS,
): Promise<boolean> {
  const answered = await waitUntil(
    async () => ((await readApplication(argocd, name)).isAsked ? undefined : true),
    { timeoutMs, everyMs: POLL_MS },
  );
  return answered === true;
}

/** Has git looked at now: nobody waits for the next poll. */
export async function refresh(argocd: Kube, name: string): Promise<void> {
  await merge(argocd, name, { metadata: { annotations: { [REFRESH]: 'normal' } } });
}

/** Waits until a commit is synced and healthy; the last state either way. */
export async function waitForCommit(
  argocd: Kube,
  name: string,
  commit: string,
  timeoutMs: number,
): Promise<ApplicationState & { arrived: boolean }> {
  let last = await readApplication(argocd, name);
  const arrived = await waitUntil(
    async () => {
      last = await readApplication(argocd, name);
      const { revision, sync, health, isSyncing } = last;
      const isThere = revision === commit && sync === 'Synced' && health === 'Healthy';
      return (isThere && !isSyncing) || undefined;
    },
    { timeoutMs, everyMs: POLL_MS },
  );
  return { ...last, arrived: arrived === true };
}

/** Points an Application to another branch. */
export async function follow(argocd: Kube, name: string, branch: string): Promise<void> {
  await merge(argocd, name, { spec: { source: { targetRevision: branch } } });
  await refresh(argocd, name);
}

async function merge(argocd: Kube, name: string, patch: object): Promise<void> {
  const how = ['--type=merge', `--patch=${JSON.stringify(patch)}`];
  await argocd.run(['patch', 'applications.argoproj.io', name, ...how]);
}
