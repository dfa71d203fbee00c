import type { ProcessStatus } from '@gospelib/environment';
import type { Pod, WarningEvent, Workload } from '../kube/kube.objects.ts';
import { type FallenContainer, reasonOfPod } from './pod.reason.ts';

/** A process of the platform as its workload stands. */
export interface WorkloadStatus extends ProcessStatus {
  /** Whose last words tell why. */
  fallen?: FallenContainer;
}

export interface WorkloadView {
  name: string;
  workload: Workload;
  /** Its pods, and no others. */
  pods: readonly Pod[];
  events: readonly WarningEvent[];
  /** Bytes by the name of the pod; empty without metrics-server. */
  memory: ReadonlyMap<string, number>;
  now: number;
}

/** What is told of one Deployment or StatefulSet. */
export function statusOfWorkload(view: WorkloadView): WorkloadStatus {
  const { name, workload, pods, memory, now } = view;
  const { replicas: wanted } = workload.spec;
  const { replicas, readyReplicas, updatedReplicas } = workload.status;
  const bytes = pods.flatMap(({ metadata }) => memory.get(metadata.name) ?? []);
  const since = pods
    .filter((pod) => reasonOfPod(pod) === undefined)
    .flatMap(({ status }) => status.containerStatuses)
    .flatMap(({ state }) => state.running?.startedAt ?? []);
  const restarts = pods
    .flatMap(({ status }) => status.containerStatuses)
    .reduce((sum, { restartCount }) => sum + restartCount, 0);
  const common = {
    name,
    instances: { ready: readyReplicas, wanted },
    restarts,
    ...(since.length > 0 && {
      uptime: Math.round((now - Math.min(...since.map((at) => Date.parse(at)))) / 1000),
    }),
    ...(bytes.length > 0 && { memory: bytes.reduce((sum, one) => sum + one, 0) }),
  };
  if (wanted === 0) return { ...common, state: 'stopped', reason: 'it is scaled to none' };
  // While it rolls out, pods of before are among those that are ready.
  const isRolledOut = updatedReplicas >= wanted && replicas <= updatedReplicas;
  if (readyReplicas >= wanted && isRolledOut) return { ...common, state: 'ready' };
  return { ...common, ...whyNotReady(view) };
}

function whyNotReady({
  workload: { status },
  pods,
  events,
}: WorkloadView): Pick<WorkloadStatus, 'state' | 'reason' | 'fallen'> {
  const found = (type: string) => status.conditions.find((one) => one.type === type);
  const reason = pods.map((pod) => reasonOfPod(pod, events)).find((one) => one !== undefined);
  const stuck = found('Progressing')?.reason === 'ProgressDeadlineExceeded';
  const refused = found('ReplicaFailure');
  const text =
    refused?.status === 'True' && reason === undefined
      ? `the cluster refuses its pods: ${refused.message ?? refused.reason}`
      : (reason?.text ?? 'no pod of it is there yet');
  const isFault = stuck || refused?.status === 'True' || reason?.isFault === true;
  return {
    state: isFault ? 'not ready' : 'starting',
    reason: isFault && status.readyReplicas > 0 ? `${text}; what was ready goes on serving` : text,
    ...(reason?.fallen && { fallen: reason.fallen }),
  };
}
