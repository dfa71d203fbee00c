import { isDeepStrictEqual } from 'node:util';
import type { Catalogue } from '@gospelib/platform';
import { type Manifest, type NetworkPeer, podsOf, titleOf } from './manifest.types.ts';

/** Where the credentials of the node are served. */
const METADATA_NETWORK = '169.254.0.0/16';

/** Default-deny is there, no rule opens more than it names, and each call of the catalogue is allowed. */
export function findNetworkFaults(manifests: readonly Manifest[], catalogue: Catalogue): string[] {
  const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
  return [
    ...(policies.some(deniesAll) ? [] : ['No network policy denies everything by default.']),
    ...policies.flatMap((policy) => opened(policy).map((fault) => `${titleOf(policy)} ${fault}.`)),
    ...missingCalls(policies, catalogue),
    ...unnamedPods(manifests),
  ];
}

function deniesAll({ spec }: Manifest): boolean {
  const { podSelector, policyTypes = [], ingress = [], egress = [] } = spec ?? {};
  return (
    isDeepStrictEqual(podSelector, {}) &&
    policyTypes.includes('Ingress') &&
    policyTypes.includes('Egress') &&
    ingress.length + egress.length === 0
  );
}

function opened({ spec }: Manifest): string[] {
  return [...(spec?.ingress ?? []), ...(spec?.egress ?? [])].flatMap(({ from, to, ports }) => {
    const peers = from ?? to ?? [];
    return [
      ...(peers.length === 0 || peers.some(isAnybody) ? ['opens a path to anybody'] : []),
      ...((ports ?? []).length === 0 ? ['opens every port'] : []),
      ...peers.flatMap(({ ipBlock }) =>
        ipBlock?.cidr === '0.0.0.0/0' && !ipBlock.except?.includes(METADATA_NETWORK)
          ? ['reaches the metadata address']
          : [],
      ),
    ];
  });
}

function isAnybody(peer: NetworkPeer): boolean {
  return (
    isDeepStrictEqual(peer, {}) ||
    isDeepStrictEqual(peer, { namespaceSelector: {} }) ||
    isDeepStrictEqual(peer, { podSelector: {} })
  );
}

/** A service that is told of another one reaches it, and is let in there. */
function missingCalls(policies: readonly Manifest[], { services }: Catalogue): string[] {
  return Object.entries(services).flatMap(([name, { environment }]) =>
    Object.values(environment).flatMap((setting) => {
      if (setting.from !== 'service') return [];
      const to = setting.service;
      const port = services[to]?.port.usual;
      const out = allows(policies, name, 'egress', to, port);
      const into = allows(policies, to, 'ingress', name, port);
      return [
        ...(out ? [] : [`${name} may not reach ${to}, whose address it is told.`]),
        ...(into ? [] : [`${to} does not let ${name} in, which is told its address.`]),
      ];
    }),
  );
}

function allows(
  policies: readonly Manifest[],
  owner: string,
  direction: 'ingress' | 'egress',
  peer: string,
  port: number | undefined,
): boolean {
  return policies
    .filter(({ spec }) =>
      isDeepStrictEqual(spec?.podSelector, { matchLabels: { 'app.kubernetes.io/name': owner } }),
    )
    .flatMap(({ spec }) => spec?.[direction] ?? [])
    .some(
      ({ from, to, ports }) =>
        ports?.some((one) => one.port === port) &&
        [...(from ?? []), ...(to ?? [])].some(
          ({ podSelector }) => podSelector?.matchLabels?.['app.kubernetes.io/name'] === peer,
        ),
    );
}

/** Policies know pods by this label. */
function unnamedPods(manifests: readonly Manifest[]): string[] {
  return manifests
    .filter((manifest) => manifest.kind !== 'ExternalSecret' && podsOf(manifest) !== undefined)
    .filter((manifest) => !podsOf(manifest)?.metadata?.labels?.['app.kubernetes.io/name'])
    .map((manifest) => `${titleOf(manifest)} makes pods without app.kubernetes.io/name.`);
}
