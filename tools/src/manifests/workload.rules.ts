import { type Container, type Manifest, podsOf, titleOf } from './manifest.types.ts';

/** What every pod has to keep to, whatever it runs; each fault is a sentence. */
export function findWorkloadFaults(manifests: readonly Manifest[]): string[] {
  const faults = manifests.flatMap((manifest) => {
    const pods = podsOf(manifest);
    if (pods === undefined || manifest.kind === 'ExternalSecret') return [];
    const title = titleOf(manifest);
    const { spec } = pods;
    const wrong = [
      ...unless(spec.securityContext?.runAsNonRoot === true, 'may run as root'),
      ...unless(
        spec.securityContext?.seccompProfile?.type === 'RuntimeDefault',
        'has no seccomp profile',
      ),
      ...unless(spec.automountServiceAccountToken === false, 'is given a token of the API server'),
      ...unless(
        manifests.some(
          ({ kind, metadata }) =>
            kind === 'ServiceAccount' && metadata.name === spec.serviceAccountName,
        ),
        'has no service account of its own',
      ),
      ...unless(!spec.volumes?.some(({ hostPath }) => hostPath), 'mounts a folder of its node'),
      ...spec.containers.flatMap(containerFaults),
    ];
    return wrong.map((fault) => `${title} ${fault}.`);
  });
  return [...faults, ...findIdleBudgets(manifests)];
}

/** A budget without a selector is taken by the API server, and protects nothing. */
function findIdleBudgets(manifests: readonly Manifest[]): string[] {
  return manifests
    .filter(({ kind }) => kind === 'PodDisruptionBudget')
    .filter(({ spec }) => {
      const wanted = Object.entries(spec?.selector?.matchLabels ?? {});
      const chosen = manifests.filter((manifest) => {
        const labels = podsOf(manifest)?.metadata?.labels ?? {};
        return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
      });
      return chosen.length !== 1;
    })
    .map((budget) => `${titleOf(budget)} does not protect the pods of one workload.`);
}

function containerFaults({ image, resources, securityContext }: Container): string[] {
  const { requests, limits } = resources ?? {};
  const capabilities = securityContext?.capabilities;
  return [
    ...imageFaults(image),
    ...unless(securityContext?.allowPrivilegeEscalation === false, 'may gain privileges'),
    ...unless(securityContext?.readOnlyRootFilesystem === true, 'may write to its image'),
    ...unless(
      capabilities?.drop?.includes('ALL') === true && capabilities.add === undefined,
      'keeps capabilities',
    ),
    ...unless(
      requests?.cpu !== undefined && requests.memory !== undefined && limits?.memory !== undefined,
      'lacks a request or a limit',
    ),
  ];
}

function imageFaults(image: string): string[] {
  const [name = '', digest] = image.split('@');
  const tag = /:([^/]+)$/.exec(name)?.[1];
  if (tag === 'latest') return [`runs ${image}: latest is whatever was pushed last`];
  if (tag !== undefined && digest !== undefined) return [`names ${image} by tag and digest`];
  if (digest === undefined || !/^sha256:[0-9a-f]{64}$/.test(digest)) {
    return [`names ${image} by something else than its digest`];
  }
  return name.includes('/') ? [] : [`names ${image} without a registry`];
}

/** Who is scaled has no `replicas`, and nobody else lacks it. */
export function findReplicaFaults(manifests: readonly Manifest[]): string[] {
  const scaled = new Set(manifests.map(({ spec }) => spec?.scaleTargetRef?.name));
  return manifests
    .filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
    .flatMap((manifest) => {
      const isSet = manifest.spec?.replicas !== undefined;
      if (isSet && scaled.has(manifest.metadata.name)) {
        return [`${titleOf(manifest)} has replicas, which its autoscaler fights.`];
      }
      return isSet || scaled.has(manifest.metadata.name)
        ? []
        : [`${titleOf(manifest)} has no replicas, and nobody scales it.`];
    });
}

function unless(holds: boolean, fault: string): string[] {
  return holds ? [] : [fault];
}
