import type { ContainerStatus, Pod, WarningEvent } from '../kube/kube.objects.ts';

/** How a container that fell may be told: of it, and of what it said last. */
export interface FallenContainer {
  pod: string;
  container: string;
}

export interface PodReason {
  text: string;
  /** It will not mend by waiting alone. */
  isFault: boolean;
  /** Whose log of before its last start tells more. */
  fallen?: FallenContainer;
}

const IMAGE = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'InvalidImageName',
  'ErrImageNeverPull',
]);

/** Why a pod is not ready, in a sentence; undefined when it is. */
export function reasonOfPod(
  { metadata: { name }, status }: Pod,
  events: readonly WarningEvent[] = [],
): PodReason | undefined {
  const condition = (type: string) => status.conditions.find((one) => one.type === type);
  if (condition('Ready')?.status === 'True') return undefined;
  const scheduled = condition('PodScheduled');
  if (scheduled?.status === 'False') {
    return { text: `no node takes it: ${firstSentences(scheduled.message)}`, isFault: true };
  }
  for (const container of [...status.initContainerStatuses, ...status.containerStatuses]) {
    const reason = reasonOfContainer(name, container);
    if (reason !== undefined) return reason;
  }
  if (status.phase === 'Failed') {
    const why = `${status.reason ?? ''} ${status.message ?? ''}`.trim();
    return { text: `ended by the cluster: ${why}`, isFault: true };
  }
  const warning = events.findLast(({ involvedObject }) => involvedObject.name === name);
  if (warning !== undefined) {
    return { text: `${warning.reason}: ${oneLine(warning.message)}`, isFault: false };
  }
  return { text: 'it starts, and does not answer that it is ready yet', isFault: false };
}

function reasonOfContainer(
  pod: string,
  { name, image, ready, restartCount, state, lastState }: ContainerStatus,
): PodReason | undefined {
  if (ready) return undefined;
  const { waiting, terminated } = state;
  const waits = waiting?.reason ?? '';
  const fallen = { pod, container: name };
  if (IMAGE.has(waits)) {
    return {
      text: `its image ${image} cannot be pulled: ${lastCause(waiting?.message)}`,
      isFault: true,
    };
  }
  if (waits === 'CreateContainerConfigError' || waits === 'CreateContainerError') {
    return { text: `its container cannot be made: ${oneLine(waiting?.message)}`, isFault: true };
  }
  const end = terminated ?? (waits === 'CrashLoopBackOff' ? lastState.terminated : undefined);
  if (end !== undefined && end.exitCode !== 0) {
    const times = restartCount > 0 ? `, started again ${restartCount} times` : '';
    return { text: `${howItEnded(end)}${times}`, isFault: true, fallen };
  }
  if (end !== undefined)
    return { text: 'it ended by itself, with exit code 0', isFault: true, fallen };
  return undefined;
}

function howItEnded({
  exitCode,
  reason,
}: {
  exitCode: number;
  reason?: string | null | undefined;
}) {
  return reason === 'OOMKilled'
    ? 'it took more memory than its limit and was ended (OOMKilled)'
    : `it ends with exit code ${exitCode}`;
}

/** The registry's own words come last, behind repetitions of the image's name. */
function lastCause(message: string | null | undefined): string {
  return oneLine(message).split(': ').at(-1) ?? '';
}

/** What follows in the scheduler's sentence tells of preemption. */
function firstSentences(message: string | null | undefined): string {
  return oneLine(message).replace(/\.? no new claims to deallocate.*$|\.? preemption: .*$/, '');
}

function oneLine(message: string | null | undefined): string {
  return (message ?? 'no reason is given').replace(/\s+/g, ' ').trim();
}
