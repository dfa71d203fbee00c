/** What is found in a cluster before anything is done. */
export interface ClusterFound {
  /** Whether Argo CD was given everything: from then on git alone changes it. */
  handedOver: boolean;
  /** Namespaces that need the key of the provider and do not have it; none where pods have an identity. */
  withoutKey: readonly string[];
}

/** What was declared, as a plan names it. */
export interface ClusterWanted {
  argocdVersion: string;
  applications: readonly { name: string; version: string }[];
}

export type StepName = 'provider key' | 'argo cd' | 'applications';

export interface BootstrapStep {
  name: StepName;
  /** What it does, for people. */
  does: string;
}

/**
 * What there is to do, in order; nothing where Argo CD looks after the cluster already. A run that was interrupted goes
 * through its steps again: each of them can be repeated.
 */
export function planSteps(
  { handedOver, withoutKey }: ClusterFound,
  { argocdVersion, applications }: ClusterWanted,
): readonly BootstrapStep[] {
  const key: BootstrapStep = {
    name: 'provider key',
    does: `write the key of the provider into ${withoutKey.join(', ')}`,
  };
  const rest: readonly BootstrapStep[] = [
    { name: 'argo cd', does: `install Argo CD ${argocdVersion}, and wait until it runs` },
    {
      name: 'applications',
      does: `hand over to it: ${applications.map(({ name, version }) => `${name} ${version}`).join(', ')}`,
    },
  ];
  return [...(withoutKey.length > 0 ? [key] : []), ...(handedOver ? [] : rest)];
}
