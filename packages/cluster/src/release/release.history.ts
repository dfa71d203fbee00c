import type { Release } from '@gospelib/environment';
import type { ReplicaSet, Workload } from '../kube/kube.objects.ts';

/** The images of a release, by Deployment. */
export type ReleaseImages = Readonly<Record<string, string>>;

const REVISION = 'deployment.kubernetes.io/revision';
/** Deployments that change so close together belong to one release. */
const TOGETHER_MS = 300_000;

interface Change {
  at: number;
  deployment: string;
  image: string;
  /** Whether pods of it answer, or answered to the end of its roll-out. */
  isUp: boolean;
}

/**
 * What ran in the cluster, the newest first, out of what Deployments keep: their ReplicaSets. Of an older one nothing
 * says whether it ever answered, but for its pods that still do.
 */
export function releaseHistory(
  deployments: readonly Workload[],
  replicaSets: readonly ReplicaSet[],
): Release[] {
  const changes = deployments
    .flatMap((deployment) => changesOf(deployment, replicaSets))
    .sort((a, b) => a.at - b.at);
  const releases: Release[] = [];
  let state = new Map<string, Change>();
  let begun = 0;
  for (const change of changes) {
    state = new Map(state).set(change.deployment, change);
    if (releases.length > 0 && change.at - begun < TOGETHER_MS) releases.pop();
    else begun = change.at;
    releases.push(releaseOf(state, begun));
  }
  return releases.reverse();
}

/** The images that `root` of a release stands for. */
export function imagesOf({ root }: Release): ReleaseImages {
  return Object.fromEntries(
    root.split(' ').map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** Of one Deployment, by its revisions; a return to an older one counts at its own time. */
function changesOf(deployment: Workload, replicaSets: readonly ReplicaSet[]): Change[] {
  const { name } = deployment.metadata;
  const own = replicaSets
    .filter(({ metadata }) => metadata.ownerReferences?.some((owner) => owner.name === name))
    .sort((a, b) => revisionOf(a) - revisionOf(b));
  const progressing = deployment.status.conditions.find(({ type }) => type === 'Progressing');
  return own.map((replicaSet, i) => {
    const created = Date.parse(replicaSet.metadata.creationTimestamp);
    const before = Math.max(0, ...own.slice(0, i).map(createdAt));
    const isNewest = i === own.length - 1;
    const isRolledOut = isNewest && progressing?.reason === 'NewReplicaSetAvailable';
    const returned = created < before ? Date.parse(progressing?.lastUpdateTime ?? '') : created;
    return {
      at: Number.isNaN(returned) ? before : returned,
      deployment: name,
      image: replicaSet.spec.template.spec.containers[0]?.image ?? '',
      isUp: isRolledOut || replicaSet.status.readyReplicas > 0,
    };
  });
}

function releaseOf(state: ReadonlyMap<string, Change>, at: number): Release {
  const changes = [...state.values()].sort((a, b) => a.deployment.localeCompare(b.deployment));
  return {
    at: new Date(at).toISOString(),
    root: changes.map(({ deployment, image }) => `${deployment}=${image}`).join(' '),
    migrations: {},
    cameUp: changes.every(({ isUp }) => isUp),
  };
}

function revisionOf({ metadata }: ReplicaSet): number {
  return Number(metadata.annotations?.[REVISION] ?? 0);
}

function createdAt({ metadata }: ReplicaSet): number {
  return Date.parse(metadata.creationTimestamp);
}
