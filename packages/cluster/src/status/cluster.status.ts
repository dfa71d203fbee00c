import type { EnvironmentStatus, ProcessStatus } from '@gospelib/environment';
import { platform, processNames, storeNames } from '@gospelib/platform';
import {
  type Job,
  type NamespaceObjects,
  namespaceObjects,
  type Pod,
  podMetrics,
  type WarningEvent,
  type Workload,
  warningEvents,
} from '../kube/kube.objects.ts';
import type { Kubectl } from '../kube/kubectl.ts';
import { parseMemory } from '../kube/quantity.ts';
import { type JobStatus, statusOfJobs } from './job.status.ts';
import { statusOfWorkload, type WorkloadStatus } from './workload.status.ts';

const KINDS = 'deployments,statefulsets,replicasets,pods,jobs,cronjobs';
/** Of a log, and of them those that are told: stacks end in empty lines. */
const LAST_LINES = 12;
const LAST_WORDS = 3;
const METRICS_TIMEOUT_S = 3;

/** What runs in a namespace, process by process. @throws OperatorError when the cluster cannot be asked */
export async function readClusterStatus(kubectl: Kubectl): Promise<EnvironmentStatus> {
  const [{ items }, { items: events }, memory] = await Promise.all([
    kubectl.get([KINDS], namespaceObjects),
    kubectl.get(['events', '--field-selector=type=Warning'], warningEvents),
    readMemory(kubectl),
  ]);
  const found = describeNamespace(items, events, memory, Date.now());
  const processes = await Promise.all([
    ...found.workloads.map((one) => withLastWords(kubectl, one)),
    ...found.jobs.map((one) => withJobsWords(kubectl, one)),
  ]);
  const running = found.workloads.length > 0;
  return {
    running,
    ready: running && processes.every(isWell),
    origin: kubectl.target.origin,
    processes,
  };
}

/** Processes in the order of the catalogue, what else runs there behind them, and the jobs. */
export function describeNamespace(
  items: NamespaceObjects['items'],
  events: readonly WarningEvent[],
  memory: ReadonlyMap<string, number>,
  now: number,
): { workloads: WorkloadStatus[]; jobs: JobStatus[] } {
  const workloads = items.filter(
    (one): one is Workload & { kind: 'Deployment' | 'StatefulSet' } =>
      one.kind === 'Deployment' || one.kind === 'StatefulSet',
  );
  const pods = items.filter((one): one is Pod => one.kind === 'Pod');
  const jobs = items.filter((one): one is Job => one.kind === 'Job');
  if (workloads.length === 0) return { workloads: [], jobs: statusOfJobs(jobs, now) };
  const views = new Map(
    workloads.map((one) => {
      const name = processName(one.metadata.name);
      const own = pods.filter((pod) => isOwned(pod, one));
      const view = { name, workload: one, pods: own, events, memory, now };
      return [name, statusOfWorkload(view)];
    }),
  );
  const ours = processNames(platform).map((name) => views.get(name) ?? missing(name));
  const others = [...views.values()].filter(({ name }) => !processNames(platform).includes(name));
  return { workloads: [...ours, ...others], jobs: statusOfJobs(jobs, now) };
}

/** The process that a workload is: `gateway` of `gospelib-gateway`. */
export function processName(workload: string): string {
  return workload.replace(/^gospelib-/, '');
}

/** A store that is none of the namespace’s is a managed one; a service belongs there. */
function missing(name: string): WorkloadStatus {
  return (storeNames(platform) as readonly string[]).includes(name)
    ? { name, state: 'external', restarts: 0 }
    : { name, state: 'stopped', restarts: 0, reason: 'the namespace has no such Deployment' };
}

function isOwned(pod: Pod, workload: Workload): boolean {
  const labels = pod.metadata.labels ?? {};
  return Object.entries(workload.spec.selector.matchLabels).every(
    ([label, value]) => labels[label] === value,
  );
}

function isWell({ state }: ProcessStatus): boolean {
  return ['ready', 'external', 'completed', 'running'].includes(state);
}

/** Of a container that falls again and again: what it said before it fell the last time. */
async function withLastWords(
  kubectl: Kubectl,
  { fallen, ...status }: WorkloadStatus,
): Promise<ProcessStatus> {
  if (fallen === undefined) return status;
  const { pod, container } = fallen;
  const args = ['logs', pod, `--container=${container}`, `--tail=${LAST_LINES}`];
  // Right after the fall the last container is the present one.
  const words = await kubectl
    .run([...args, '--previous'])
    .catch(() => kubectl.run(args))
    .catch(() => '');
  return withWords(status, words);
}

async function withJobsWords(
  kubectl: Kubectl,
  { failedRun, ...status }: JobStatus,
): Promise<ProcessStatus> {
  if (failedRun === undefined) return status;
  const words = kubectl.run(['logs', `job/${failedRun}`, `--tail=${LAST_LINES}`]);
  return withWords(status, await words.catch(() => ''));
}

function withWords(status: ProcessStatus, words: string): ProcessStatus {
  const said = lastWords(words);
  return said === '' ? status : { ...status, reason: `${status.reason}. Its last words: ${said}` };
}

/** The last lines that say something, as one; Node's own closing line says nothing of the fault. */
export function lastWords(log: string): string {
  return log
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /\w/.test(line) && !/^(Node\.js v|at )/.test(line))
    .slice(-LAST_WORDS)
    .join(' | ');
}

/** Empty where there is no metrics-server, or it has not looked yet. */
async function readMemory(kubectl: Kubectl): Promise<ReadonlyMap<string, number>> {
  const path = `/apis/metrics.k8s.io/v1beta1/namespaces/${kubectl.target.namespace}/pods`;
  const text = await kubectl
    .run(['get', '--raw', path], { timeoutSeconds: METRICS_TIMEOUT_S })
    .catch(() => undefined);
  if (text === undefined) return new Map();
  const parsed = podMetrics.safeParse(JSON.parse(text));
  return new Map(
    parsed.data?.items.map(({ metadata, containers }) => [
      metadata.name,
      containers.reduce((sum, { usage }) => sum + (parseMemory(usage.memory) ?? 0), 0),
    ]),
  );
}
