import { waitUntil } from '@gospelib/cli-kit';
import { z } from 'zod';
import type { Kubectl } from '../kube/kubectl.ts';

const POLL_MS = 2_000;

const applications = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z
        .object({
          sync: z.object({ status: z.string() }).optional(),
          health: z.object({ status: z.string().optional() }).optional(),
          conditions: z.array(z.object({ type: z.string(), message: z.string() })).default([]),
          operationState: z
            .object({ phase: z.string(), message: z.string().optional() })
            .optional(),
        })
        .optional(),
    }),
  ),
});
type Status = z.output<typeof applications>['items'][number]['status'];

/** How an Application fares. */
export interface ApplicationHealth {
  name: string;
  version: string;
  ready: boolean;
  /** `Synced, Healthy`, or in Argo CD’s words what is not so. */
  state: string;
}

/** Asks until all are ready or the time is over; answers how each fared last. */
export async function waitForApplications(
  kubectl: Kubectl,
  wanted: readonly { name: string; version: string }[],
  timeoutMs: number,
  say: (line: string) => void,
): Promise<readonly ApplicationHealth[]> {
  const told = new Set<string>();
  let last: readonly ApplicationHealth[] = [];
  await waitUntil(
    async () => {
      last = await readHealth(kubectl, wanted);
      for (const { name, version } of last.filter(({ ready }) => ready)) {
        if (!told.has(name)) say(`${name} ${version} is ready`);
        told.add(name);
      }
      return last.every(({ ready }) => ready) || undefined;
    },
    { timeoutMs, everyMs: POLL_MS },
  );
  return last;
}

async function readHealth(
  kubectl: Kubectl,
  wanted: readonly { name: string; version: string }[],
): Promise<readonly ApplicationHealth[]> {
  const { items } = await kubectl.get(['applications.argoproj.io'], applications);
  return wanted.map((one) => ({
    ...one,
    ...judge(items.find(({ metadata }) => metadata.name === one.name)?.status),
  }));
}

/** Whether an Application does its work, and in whose words it does not. */
export function judge(status: Status): { ready: boolean; state: string } {
  if (status === undefined) return { ready: false, state: 'Argo CD has not looked at it yet' };
  const { sync, health, conditions, operationState } = status;
  const state = [sync?.status, health?.status].filter(Boolean).join(', ');
  const ready = sync?.status === 'Synced' && health?.status === 'Healthy';
  const failed = operationState?.phase === 'Failed' || operationState?.phase === 'Error';
  const why =
    conditions.find(({ type }) => type.endsWith('Error'))?.message ??
    (failed || operationState?.phase === 'Running' ? operationState?.message : undefined);
  return { ready, state: ready || why === undefined ? state : `${state}: ${why}` };
}
