import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { waitUntil } from '@gospelib/cli-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { clusterHarness, noCluster } from './testing/cluster.harness.ts';

const infra = resolve(import.meta.dirname, '../../../infra');

/** What a pod asks the scheduler for: MiB, thousandths of a core. */
interface Request {
  name: string;
  memoryMi: number;
  cpuMilli: number;
  /** Ends for others while there is no room, and comes back. */
  makesRoom?: boolean;
}
interface Container {
  resources?: { requests?: { memory?: string; cpu?: string } };
}
interface Manifest {
  kind: string;
  metadata: { name: string };
  spec?: {
    replicas?: number;
    template?: { spec: { containers: Container[] } };
  };
}

const table = JSON.parse(readFileSync(join(infra, 'cluster/node.requests.json'), 'utf8')) as {
  node: { memoryMi: number; cpuMilli: number };
  pods: Request[];
};
const { node } = table;

if (noCluster) console.warn(`SKIPPED: whether staging fits on its node ${noCluster}.`);

/** Resources of the node that are as large as staging’s: what else runs on this cluster has no part in them. */
const resources = {
  memoryMi: 'gospelib.com/node-memory-mi',
  cpuMilli: 'gospelib.com/node-cpu-milli',
};

/** Pause pods with the requests of all that staging’s node has, before the real scheduler. */
describe.skipIf(noCluster)('the node of staging', () => {
  const cluster = clusterHarness('gospelib-lane-fit');
  const own = noCluster ? [] : ofOverlay();
  const serving = own.filter(({ name }) => !name.startsWith('job-'));
  const wanted = [...table.pods, ...serving];
  const sum = total(wanted);
  const makesRoom = 'gospelib-lane-makes-room';
  let nodeName: string;

  beforeAll(async () => {
    const { kubectl } = cluster;
    nodeName = kubectl('get', 'nodes', '--output=jsonpath={.items[0].metadata.name}');
    setCapacity((name, value) => ({ op: 'add', path: pathOf(name), value }));
    const path = `--output=jsonpath={.status.allocatable.${resources.cpuMilli.replaceAll('.', '\\.')}}`;
    const isThere = () => kubectl('get', 'node', nodeName, path) || undefined;
    await waitUntil(isThere, { timeoutMs: 60_000, everyMs: 500 });
    cluster.apply({
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: makesRoom },
      value: -10,
      preemptionPolicy: 'Never',
    });
    run(wanted);
  });
  afterAll(() => {
    if (!nodeName) return;
    setCapacity((name) => ({ op: 'remove', path: pathOf(name) }));
    cluster.kubectl('delete', 'priorityclass', makesRoom);
  });

  test('takes all that staging has', () => {
    expect(serving.length).toBe(7);
    const guide = readFileSync(join(infra, '../docs/operations/deployment.md'), 'utf8');
    expect(guide).toContain(
      `${sum.memoryMi.toLocaleString('en')} of ${node.memoryMi.toLocaleString('en')} MiB`,
    );
    expect(phases()).toEqual({ Running: wanted.length });
  });

  test('has a tenth of its memory free, and no more than is counted', () => {
    run([{ name: 'a-tenth', memoryMi: Math.floor(node.memoryMi / 10), cpuMilli: 0 }]);
    expect(phases().Pending).toBeUndefined();
    const left = node.memoryMi - sum.memoryMi - Math.floor(node.memoryMi / 10);
    const memoryMi = left + Math.ceil(node.memoryMi / 100);
    const more = { name: 'one-more', memoryMi, cpuMilli: 0, makesRoom: true };
    cluster.apply(pause(more));
    expect(refusal('one-more')).toContain(`Insufficient ${resources.memoryMi}`);
    cluster.kubectl('delete', 'pod', 'a-tenth', 'one-more', '--wait', '--grace-period=0');
  });

  test.each(own.filter(({ name }) => name.startsWith('job-')))('takes $name beside it', (job) => {
    run([job]);
    const left = cluster.kubectl('get', 'pods', '--output=name');
    const gone = wanted.filter(({ name }) => !left.includes(`pod/${name}\n`));
    expect(gone.filter((one) => !one.makesRoom)).toEqual([]);
    cluster.kubectl('delete', 'pod', job.name, '--wait', '--grace-period=0');
    run(gone);
  });

  function setCapacity(change: (name: string, value: string) => object): void {
    const changes = [
      change(resources.memoryMi, String(node.memoryMi)),
      change(resources.cpuMilli, String(node.cpuMilli)),
    ];
    const how = ['--subresource=status', '--type=json', `--patch=${JSON.stringify(changes)}`];
    cluster.kubectl('patch', 'node', nodeName, ...how);
  }

  function run(requests: readonly Request[]): void {
    if (requests.length === 0) return;
    cluster.apply(...requests.map(pause));
    const names = requests.map(({ name }) => `pod/${name}`);
    cluster.kubectl('wait', '--for=condition=Ready', '--timeout=120s', ...names);
  }

  function pause({ name, memoryMi, cpuMilli, makesRoom: gives }: Request): object {
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
      spec: {
        terminationGracePeriodSeconds: 0,
        ...(gives && { priorityClassName: makesRoom }),
        containers: [
          {
            name: 'pause',
            image: cluster.image,
            args: ['-e', 'setInterval(() => {}, 1e9)'],
            resources: {
              limits: {
                [resources.memoryMi]: String(memoryMi),
                [resources.cpuMilli]: String(cpuMilli),
              },
            },
          },
        ],
      },
    };
  }

  function phases(): Record<string, number> {
    const found: Record<string, number> = {};
    const list = cluster.kubectl('get', 'pods', '--output=jsonpath={.items[*].status.phase}');
    for (const phase of list.trim().split(' ')) found[phase] = (found[phase] ?? 0) + 1;
    return found;
  }

  /** Why the scheduler finds no node for it. */
  function refusal(name: string): string {
    const condition = 'PodScheduled';
    cluster.kubectl('wait', `--for=condition=${condition}=false`, `pod/${name}`, '--timeout=30s');
    const path = `jsonpath={.status.conditions[?(@.type=="${condition}")].message}`;
    return cluster.kubectl('get', 'pod', name, `--output=${path}`);
  }
});

function total(requests: readonly Request[]): Omit<Request, 'name'> {
  return {
    memoryMi: requests.reduce((all, { memoryMi }) => all + memoryMi, 0),
    cpuMilli: requests.reduce((all, { cpuMilli }) => all + cpuMilli, 0),
  };
}

/** As JSON patch names it. */
function pathOf(resource: string): string {
  return `/status/capacity/${resource.replace('/', '~1')}`;
}

/** What the manifests of staging ask for, a Request each pod; jobs are named so. */
function ofOverlay(): Request[] {
  const text = execFileSync('kubectl', ['kustomize', join(infra, 'k8s/overlays/staging')], {
    encoding: 'utf8',
  });
  return parseAllDocuments(text).flatMap((document) => {
    const { kind, metadata, spec }: Manifest = document.toJS();
    const containers = spec?.template?.spec.containers;
    if (containers === undefined || !/^(Deployment|StatefulSet|Job)$/.test(kind)) return [];
    const name = kind === 'Job' ? `job-${metadata.name}` : metadata.name;
    return Array.from({ length: spec?.replicas ?? 1 }, (_, index) =>
      requestOf(index === 0 ? name : `${name}-${index}`, containers),
    );
  });
}

function requestOf(name: string, containers: readonly Container[]): Request {
  const of = containers.map(({ resources }) => resources?.requests);
  return {
    name,
    memoryMi: of.reduce((all, one) => all + Math.ceil(mebibytes(one?.memory ?? '0')), 0),
    cpuMilli: of.reduce((all, one) => all + milli(one?.cpu ?? '0'), 0),
  };
}

function mebibytes(quantity: string): number {
  const [, number = '0', unit = ''] = /^(\d+)(Ki|Mi|Gi)?$/.exec(quantity) ?? [];
  return (
    (Number(number) * { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, '': 1 }[unit as 'Mi']) / 2 ** 20
  );
}

function milli(quantity: string): number {
  return quantity.endsWith('m') ? Number(quantity.slice(0, -1)) : Number(quantity) * 1000;
}
