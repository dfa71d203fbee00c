import { missingCluster } from '@gospelib/testkit';

/** Why the whole system cannot be tried on a cluster; undefined: it can. */
export const noCluster = missingCluster();
