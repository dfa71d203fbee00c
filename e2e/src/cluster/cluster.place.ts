import { inject } from 'vitest';

/** Where the platform on the cluster is. */
export interface ClusterPlace {
  readonly namespace: string;
  /** The certificate of the authority that signed those of the stores, PEM. */
  readonly authority: string;
  readonly origin: string;
}

/** As the run's setup brought it up; empty without a cluster, where tests are listed and skipped. */
export function clusterPlace(): ClusterPlace {
  return inject('cluster') ?? { namespace: '', authority: '', origin: '' };
}
