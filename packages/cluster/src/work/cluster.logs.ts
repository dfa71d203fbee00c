import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError, UsageError } from '@gospelib/cli-kit';
import type { LogOptions } from '@gospelib/environment';
import colors from 'picocolors';
import {
  type Job,
  type NamespaceObjects,
  namespaceObjects,
  type Workload,
} from '../kube/kube.objects.ts';
import type { Kubectl } from '../kube/kubectl.ts';
import { processName } from '../status/cluster.status.ts';

const AGAIN_MS = 1_000;
const PREFIX = /^\[pod\/([^/]+)\/[^\]]+\] ?/;

interface Source {
  name: string;
  /** The pods’ labels. */
  selector: string;
  pods: number;
}

/** Prints the last lines of one process or job, or of all that run, then new ones until the signal. @throws UsageError */
export async function printClusterLogs(
  kubectl: Kubectl,
  name: string | undefined,
  { lines, follow }: LogOptions,
): Promise<void> {
  const { items } = await kubectl.get(['deployments,statefulsets,jobs,pods'], namespaceObjects);
  const sources = sourcesOf(items);
  const wanted =
    name === undefined
      ? sources.filter(({ pods }) => pods > 0)
      : sources.filter((one) => one.name === name);
  if (wanted.length === 0) {
    const known = sources.map((one) => one.name).join(', ');
    throw new UsageError(
      name === undefined
        ? `Nothing runs in the namespace ${kubectl.target.namespace}.`
        : `${kubectl.target.name} has no log of ${name}; there are ${known}.`,
    );
  }
  const width = Math.max(...wanted.map((one) => one.name.length));
  const print = (source: Source) => (line: string) => {
    const [prefix = '', pod = ''] = PREFIX.exec(line) ?? [];
    const label = wanted.length > 1 ? source.name.padEnd(width) : source.pods > 1 ? pod : '';
    console.log(`${label === '' ? '' : `${colors.dim(label)} `}${line.slice(prefix.length)}`);
  };
  const isOne = wanted.length === 1;
  await Promise.all(
    wanted.map((source) =>
      readLog(kubectl, source, { lines, print: print(source), isOne, ...(follow && { follow }) }),
    ),
  );
}

/** What can be asked for, by name: workloads, then the newest run of each job. */
function sourcesOf(items: NamespaceObjects['items']): Source[] {
  const pods = items.filter(({ kind }) => kind === 'Pod');
  const count = (labels: Readonly<Record<string, string>>) =>
    pods.filter(({ metadata }) =>
      Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value),
    ).length;
  const source = (name: string, labels: Readonly<Record<string, string>>): Source => ({
    name,
    selector: Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
    pods: count(labels),
  });
  const workloads = items.filter(
    (one): one is Workload & { kind: 'Deployment' | 'StatefulSet' } =>
      one.kind === 'Deployment' || one.kind === 'StatefulSet',
  );
  const jobs = new Map<string, string>();
  const runs = items.filter((one): one is Job => one.kind === 'Job');
  for (const { metadata } of runs.sort((a, b) =>
    a.metadata.creationTimestamp.localeCompare(b.metadata.creationTimestamp),
  )) {
    const scheduled = metadata.ownerReferences?.find(({ kind }) => kind === 'CronJob')?.name;
    jobs.set(processName(scheduled ?? metadata.name), metadata.name);
  }
  return [
    ...workloads.map(({ metadata, spec }) =>
      source(processName(metadata.name), spec.selector.matchLabels),
    ),
    ...[...jobs].map(([name, job]) => source(name, { 'batch.kubernetes.io/job-name': job })),
  ];
}

interface Reading {
  lines: number;
  follow?: AbortSignal;
  print(line: string): void;
  /** Whether it is the only one that was asked for: then it must be readable. */
  isOne: boolean;
}

/** Pods come and go while one follows: kubectl ends with the pods it began with, and is started again on those of then. */
async function readLog(
  kubectl: Kubectl,
  { name, selector }: Source,
  { lines, follow, print, isOne }: Reading,
): Promise<void> {
  let from = [`--tail=${lines}`];
  do {
    const refused: string[] = [];
    const child = await kubectl.spawn(
      [
        'logs',
        `--selector=${selector}`,
        '--all-containers',
        '--prefix',
        '--max-log-requests=50',
        ...from,
        ...(follow === undefined ? [] : ['--follow']),
      ],
      { log: (line, stream) => (stream === 'stdout' ? print(line) : refused.push(line)) },
    );
    const end = () => void child.stop();
    follow?.addEventListener('abort', end, { once: true });
    const { code } = await child.exited;
    follow?.removeEventListener('abort', end);
    if (code !== 0 && follow?.aborted !== true) {
      const why = refused.at(-1)?.replace(/^(error|Error from server[^:]*): /, '') ?? 'no reason';
      if (isOne && follow === undefined) {
        throw new OperatorError(
          `${name} has no log to show: ${why}`,
          `\`./gl --env ${kubectl.target.name} status\` tells how it stands.`,
        );
      }
      console.error(`${name}: ${why}`);
    }
    from = [`--since-time=${new Date().toISOString()}`];
    if (follow?.aborted === false)
      await sleep(AGAIN_MS, undefined, { signal: follow }).catch(() => {});
  } while (follow?.aborted === false);
}
