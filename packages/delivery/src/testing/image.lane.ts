import { resolve } from 'node:path';
import { missingCluster } from '@gospelib/testkit';

const { GOSPELIB_REGISTRY } = process.env;

export const root = resolve(import.meta.dirname, '../../../..');

/** Why images cannot be built here; undefined: they can. */
export const noBuilder = GOSPELIB_REGISTRY
  ? undefined
  : 'needs a builder that was chosen for it: GOSPELIB_REGISTRY names where it pushes to';

/** Why images cannot be run here; undefined: they can. */
export const noCluster = missingCluster();
